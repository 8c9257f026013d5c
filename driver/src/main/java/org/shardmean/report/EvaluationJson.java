package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.shardmean.data.Redacted;
import org.shardmean.metrics.Residuals;
import org.shardmean.metrics.Score;
import org.shardmean.model.ParametersDigest;
import org.shardmean.model.SavedModel;
import org.shardmean.settings.ValueReader;

/**
 * {@code evaluation.json}: a saved model's score on a part of a dataset, for programs. Objects and
 * names are those of {@code result.json}; a number that is not finite is written as {@code null}.
 * Of a network that does not classify there are no classes, the loss is the mean squared error of
 * what it answers, and the accuracy is {@code null}.
 */
public final class EvaluationJson {
  /** Version of the contract. */
  public static final int SCHEMA = 1;

  private EvaluationJson() {}

  /**
   * What was scored, and on what.
   *
   * @param modelFile as given; {@link Redacted}
   * @param data the dataset's name
   * @param isMnist whether it is MNIST itself
   * @param part of the dataset: {@code train} or {@code test}
   * @param height of an image
   * @param width of an image
   * @param notices what a reader must know first
   */
  public record Subject(
      String modelFile,
      SavedModel model,
      String data,
      boolean isMnist,
      String part,
      int height,
      int width,
      List<String> notices) {
    public Subject {
      modelFile = Redacted.of(modelFile);
      requireNonNull(model, "model");
      requireNonNull(data, "data");
      requireNonNull(part, "part");
      notices = List.copyOf(notices);
    }
  }

  /**
   * The evaluation as JSON text, the same bytes for the same one on any platform.
   *
   * @param residuals how far answers with numbers are from each target; empty for other networks
   */
  public static String write(Subject subject, Score score, List<Residuals> residuals) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    ArrayNode notices = root.putArray("notices");
    subject.notices().forEach(notices::add);
    ObjectNode data =
        root.putObject("data")
            .put("name", subject.data())
            .put("isMnist", subject.isMnist())
            .put("part", subject.part())
            .put("height", subject.height())
            .put("width", subject.width());
    if (subject.model().spec().isClassifier()) {
      data.put("classes", subject.model().spec().classes());
    }
    ObjectNode model = root.putObject("model").put("file", subject.modelFile());
    ArrayNode layers = model.putArray("layers");
    subject.model().spec().layers().forEach(layers::add);
    model
        .put("hiddenActivation", ValueReader.written(subject.model().spec().hidden()))
        .put("parameters", subject.model().spec().parameters())
        .put("parametersSha256", ParametersDigest.sha256(subject.model().parameters()));
    root.setAll(ResultTree.score(score));
    root.set("residuals", ResultTree.residuals(residuals));
    return ResultJson.text(root);
  }
}
