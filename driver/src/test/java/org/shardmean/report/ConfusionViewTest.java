package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.run.EpochRecord;

class ConfusionViewTest {
  @Test
  void everyEpochsMatrixCanBeReadBack() throws Exception {
    List<EpochRecord> epochs = SampleRuns.fiveEpochs().epochs();
    ConfusionView view = ConfusionView.of(epochs, epochs.get(3));

    assertEquals(epochs, view.epochs());
    assertEquals(3, view.savedIndex());
    JsonNode json = new ObjectMapper().readTree(view.json(List.of("a", "b", "c", "d", "\"e<")));
    assertEquals(5, json.size());
    assertEquals("\"e<", json.at("/4/title").asText());
    for (int e = 0; e < 5; e++) {
      assertEquals(epochs.get(e).validation().confusion(), read(json.get(e).get("cells"), 10));
    }
  }

  @Test
  void ofVeryManyCellsSomeEpochsAreLeftOutButNotTheSavedOne() {
    List<EpochRecord> epochs = SampleRuns.shaped("many", 1, 1, 64, 600, Set.of()).epochs();
    EpochRecord saved = epochs.get(333);
    ConfusionView view = ConfusionView.of(epochs, saved);

    assertTrue(view.epochs().size() < 200, "epochs: " + view.epochs().size());
    assertTrue(view.epochs().size() > 50, "epochs: " + view.epochs().size());
    assertEquals(saved, view.epochs().get(view.savedIndex()));
    assertEquals(epochs.get(0), view.epochs().get(0));
    assertEquals(epochs.get(599), view.epochs().get(view.epochs().size() - 1));
    int bytes = view.json(Collections.nCopies(view.epochs().size(), "")).length();
    assertTrue(bytes < 1_200_000, "bytes: " + bytes);
  }

  @Test
  void manyClassesAreAnImage() {
    List<EpochRecord> few = SampleRuns.completed("few", 30, 1).epochs();
    List<EpochRecord> many = SampleRuns.completed("many", 31, 1).epochs();

    assertTrue(ConfusionView.of(few, few.get(0)).isTable());
    assertFalse(ConfusionView.of(many, many.get(0)).isTable());
  }

  /** As the page's script reads it. */
  private static ConfusionMatrix read(JsonNode cells, int classes) {
    long[][] counts = new long[classes][classes];
    int at = 0;
    for (int i = 0; i < cells.size(); i += 2) {
      at += cells.get(i).asInt();
      counts[at / classes][at % classes] = cells.get(i + 1).asLong();
    }
    return new ConfusionMatrix(counts);
  }
}
