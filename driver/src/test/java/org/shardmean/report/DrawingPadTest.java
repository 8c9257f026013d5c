package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunRecord;

/** The network in the page, or the reason why it is not there. */
class DrawingPadTest {
  @Test
  void holdsTheKeptParametersToTheBit() {
    RunRecord run = SampleRuns.fiveEpochs();
    DrawingPad pad = DrawingPad.of(run);
    byte[] bytes = Base64.getDecoder().decode(pad.weights());
    float[] read = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(read);

    assertArrayEquals(run.parameters(), read);
    assertEquals("784-128-64-10", pad.layers());
    assertEquals("relu", pad.activation());
    assertEquals(28, pad.side());
    assertTrue(pad.isThere());
  }

  @Test
  void isThereForSquareGreyImagesOnly() {
    assertEquals("pad.shape", obstacle(SampleRuns.shaped("wide", 20, 12, 6, 2, Set.of())));
    assertEquals("pad.shape", obstacle(SampleRuns.shaped("tiny", 7, 7, 2, 2, Set.of())));
    assertEquals("", obstacle(SampleRuns.shaped("small", 8, 8, 2, 2, Set.of())));
    assertEquals("", obstacle(SampleRuns.shaped("large", 64, 64, 3, 2, Set.of())));
    assertEquals("pad.shape", obstacle(SampleRuns.shaped("larger", 65, 65, 3, 2, Set.of())));
  }

  @Test
  void needsATrainedNetworkOfFiniteNumbers() {
    RunRecord run = SampleRuns.fiveEpochs();
    float[] parameters = run.parameters().clone();
    parameters[77] = Float.NaN;

    assertEquals("pad.untrained", obstacle(SampleRuns.failedAtOnce()));
    assertEquals(
        "pad.notFinite", obstacle(SampleRuns.withModel(run, run.config().model(), parameters)));
  }

  /** 784-1000-10 would be 4.2 MB of weights beside the rest of the page. */
  @Test
  void aNetworkTooLargeForThePageLeavesItOutAndSaysWhy() {
    for (int units : new int[] {1000, 3000}) {
      ModelSpec model = new ModelSpec(List.of(784, units, 10), Activation.TANH);
      RunRecord run =
          SampleRuns.withModel(SampleRuns.fiveEpochs(), model, InitialParameters.draw(model, 1));
      HtmlPage page = HtmlPage.of(run, SampleExamples.of(run));

      assertTrue(page.contains("the report would be larger than 5 MB"));
      assertFalse(page.contains("id=\"pad\""));
      assertTrue(page.text().length() < 5_000_000, "bytes: " + page.text().length());
    }
  }

  private static String obstacle(RunRecord run) {
    return DrawingPad.of(run).obstacle();
  }
}
