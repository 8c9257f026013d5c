package org.shardmean.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.average.Drift;
import org.shardmean.checkpoint.RunIdentity;
import org.shardmean.data.DataException;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.FirstSteps;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunRecord;
import org.shardmean.run.TimeSplit;
import org.shardmean.settings.ValueReader;

/** Reads a whole run back from the tree of a {@code result.json}. */
final class RunRecordReader {
  /** More than there can be labels. */
  private static final int MOST_CLASSES = 256;

  private RunRecordReader() {}

  /**
   * The run of a tree.
   *
   * @param parameters the kept ones; empty where there are none
   * @throws DataException that names the first part which is not as it should be
   */
  static RunRecord read(String source, JsonNode root, float[] parameters) {
    SavedResult saved = SavedResultReader.read(source, root);
    JsonPart run = new JsonPart(source, "", root);
    try {
      return read(saved, run, parameters);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw run.fault(
          "the record of a run", e.getMessage().lines().findFirst().orElse(""), JsonPart.REMEDY);
    }
  }

  private static RunRecord read(SavedResult saved, JsonPart run, float[] parameters) {
    int classes = saved.data().classes();
    if (classes < 1 || classes > MOST_CLASSES) {
      throw run.object("data")
          .at("classes")
          .fault("1 to " + MOST_CLASSES, String.valueOf(classes), JsonPart.REMEDY);
    }
    int told = config(saved).model().isClassifier() ? classes : 0;
    JsonPart test = run.at("test");
    List<EpochRecord> epochs = new ArrayList<>();
    for (JsonPart epoch : run.array("epochs")) {
      epochs.add(epoch(epoch, epochs.size() + 1, told, saved.data().validationExamples()));
    }
    return new RunRecord(
        saved.status(),
        config(saved),
        texts(run.array("reasons")),
        saved.data(),
        saved.environment(),
        run.at("command").text(),
        epochs,
        run.at("keptEpoch").count(),
        test.isNull()
            ? Optional.empty()
            : Optional.of(score(test, test.at("loss"), told, test.at("examples").count())),
        parameters,
        saved.parametersSha256(),
        texts(run.array("notices")),
        run.has("events")
            ? run.array("events").stream().map(RunRecordReader::event).toList()
            : List.of(),
        run.has("firstSteps") ? FirstStepsTree.read(run.object("firstSteps")) : FirstSteps.NONE);
  }

  private static RunConfig config(SavedResult saved) {
    return new RunIdentity(
            saved.settings(),
            saved.data().checksum(),
            saved.environment().processor(),
            "",
            List.of())
        .config();
  }

  private static EpochRecord epoch(JsonPart part, int number, int classes, int examples) {
    if (part.at("epoch").count() != number) {
      throw part.at("epoch")
          .fault(String.valueOf(number), String.valueOf(part.at("epoch").count()), JsonPart.REMEDY);
    }
    List<RoundRecord> rounds = new ArrayList<>();
    for (JsonPart round : part.array("rounds")) {
      rounds.add(round(round, number, rounds.size() + 1));
    }
    return new EpochRecord(
        number,
        trainingScore(part),
        score(part, part.at("validationLoss"), classes, examples),
        SavedResultReader.time(part.object("time")),
        rounds);
  }

  private static RoundRecord round(JsonPart part, int epoch, int number) {
    JsonPart drift = part.object("drift");
    TimeSplit time = SavedResultReader.time(part.object("time"));
    return new RoundRecord(
        epoch,
        number,
        trainingScore(part),
        time,
        part.at("bytesOut").size(),
        part.at("bytesBack").size(),
        new Drift(
            drift.at("dispersion").real(),
            drift.at("stepLength").real(),
            drift.at("cosine").real(),
            drift.at("noiseScale").real()));
  }

  /** From means to sums. */
  private static TrainingScore trainingScore(JsonPart part) {
    long examples = part.at("examples").size();
    double accuracy = part.at("trainAccuracy").real();
    return new TrainingScore(
        examples,
        part.at("trainLoss").real() * examples,
        Double.isNaN(accuracy) ? 0 : Math.round(accuracy * examples));
  }

  /** Without classes the matrix is empty, and cannot say of how many examples the score is. */
  private static Score score(JsonPart part, JsonPart loss, int classes, int examples) {
    ConfusionMatrix confusion = confusion(part, classes);
    long scored = classes > 0 ? confusion.total() : examples;
    return new Score(scored, loss.real() * scored, confusion);
  }

  private static ConfusionMatrix confusion(JsonPart part, int classes) {
    List<JsonPart> rows = sized(part.at("confusion"), classes);
    long[][] counts = new long[classes][];
    for (int actual = 0; actual < classes; actual++) {
      counts[actual] =
          sized(rows.get(actual), classes).stream().mapToLong(JsonPart::size).toArray();
    }
    return new ConfusionMatrix(counts);
  }

  private static List<JsonPart> sized(JsonPart part, int size) {
    List<JsonPart> elements = part.elements();
    if (elements.size() != size) {
      throw part.fault(size + " elements", String.valueOf(elements.size()), JsonPart.REMEDY);
    }
    return elements;
  }

  private static RunEvent event(JsonPart part) {
    String written = part.at("kind").text();
    for (RunEvent.Kind kind : RunEvent.Kind.values()) {
      if (ValueReader.written(kind).equals(written)) {
        return new RunEvent(
            kind, part.at("during").text(), part.at("line").text(), part.at("seconds").real());
      }
    }
    throw part.at("kind")
        .fault("one of " + ValueReader.allWritten(RunEvent.Kind.class), written, JsonPart.REMEDY);
  }

  private static List<String> texts(List<JsonPart> parts) {
    return parts.stream().map(JsonPart::text).toList();
  }
}
