package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParametersDigest;
import org.shardmean.model.SavedModel;

class EvaluationJsonTest {
  private static final ModelSpec SPEC = ModelSpec.parse("6-4-2", Activation.TANH);
  private static final float[] PARAMETERS = InitialParameters.draw(SPEC, 3);
  private static final Score SCORE =
      new Score(4, new ConfusionMatrix(new long[][] {{4, 1}, {2, 1}}));

  @Test
  void saysWhatWasScoredOnWhat() throws IOException {
    JsonNode root = tree(SCORE);

    assertEquals(1, root.at("/schema").asInt());
    assertEquals("[\"first\",\"second\"]", root.at("/notices").toString());
    assertEquals(
        "{\"name\":\"fashion\",\"isMnist\":false,\"part\":\"train\",\"height\":2,\"width\":3,"
            + "\"classes\":2}",
        root.at("/data").toString());
    assertEquals("runs/one/model.zip", root.at("/model/file").asText());
    assertEquals("[6,4,2]", root.at("/model/layers").toString());
    assertEquals("tanh", root.at("/model/hiddenActivation").asText());
    assertEquals(6 * 4 + 4 + 4 * 2 + 2, root.at("/model/parameters").asInt());
    assertEquals(ParametersDigest.sha256(PARAMETERS), root.at("/model/parametersSha256").asText());
  }

  @Test
  void writesTheScoreAsResultJsonDoes() throws IOException {
    JsonNode root = tree(SCORE);

    assertEquals(8, root.at("/examples").asInt());
    assertEquals(0.5, root.at("/loss").asDouble());
    assertEquals(0.625, root.at("/accuracy").asDouble());
    assertEquals("[[4,1],[2,1]]", root.at("/confusion").toString());
    assertEquals(SCORE.confusion().perClass().get(1).f1(), root.at("/perClass/1/f1").asDouble());
    ResultTree.score(SCORE).fieldNames().forEachRemaining(name -> assertTrue(root.has(name), name));
  }

  @Test
  void writesWhatIsNotFiniteAsNull() throws IOException {
    JsonNode root = tree(new Score(Double.NaN, ConfusionMatrix.empty(2)));

    assertTrue(root.at("/loss").isNull());
    assertTrue(root.at("/accuracy").isNull());
  }

  private static JsonNode tree(Score score) throws IOException {
    EvaluationJson.Subject subject =
        new EvaluationJson.Subject(
            "runs/one/model.zip",
            new SavedModel(SPEC, PARAMETERS),
            "fashion",
            false,
            "train",
            2,
            3,
            List.of("first", "second"));
    return new ObjectMapper().readTree(EvaluationJson.write(subject, score, List.of()));
  }
}
