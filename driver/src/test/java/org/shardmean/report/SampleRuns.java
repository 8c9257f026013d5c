package org.shardmean.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shardmean.average.AveragingSettings;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Language;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;
import org.shardmean.train.TrainingState;

/** Runs that never ran: plausible figures, drawn from a fixed seed, to be shown and written. */
public final class SampleRuns {
  private SampleRuns() {}

  /** Five epochs of four rounds on two workers, as MNIST goes. */
  public static RunRecord fiveEpochs() {
    return completed("lecture", 10, 5).withFirstSteps(SampleSteps.descent());
  }

  /** What {@link #fiveEpochs} has done after some epochs, and some rounds of the next. */
  public static Progress after(int epochs, int rounds) {
    RunRecord run = fiveEpochs();
    return new Progress(
        TrainingState.initial(run.parameters(), Optimizer.ADAM),
        List.of(),
        new float[0],
        new float[0],
        TrainingScore.EMPTY,
        run.parameters(),
        run.epochs().subList(0, epochs),
        run.epochs().get(epochs).rounds().subList(0, rounds));
  }

  /** A run on images of any shape; of {@code absent} classes there are no validation images. */
  public static RunRecord shaped(
      String name, int height, int width, int classes, int epochs, Set<Integer> absent) {
    List<EpochRecord> records = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double errors = 0.02 + 0.2 * Math.exp(-0.5 * (epoch - 1));
      EpochRecord record = SampleEpochs.epoch(epoch, classes, 0.1 + 0.4 / epoch, errors);
      records.add(
          new EpochRecord(
              epoch,
              record.training(),
              without(record.validation(), absent),
              record.time(),
              record.rounds()));
    }
    RunRecord run = run(name, RunStatus.COMPLETED, classes, epochs, records, List.of());
    ModelSpec model = new ModelSpec(List.of(height * width, 24, classes), Activation.RELU);
    return ChangedRun.of(run)
        .config(run.config().withModel(model))
        .data(
            new DataRecord(
                name,
                false,
                60_000,
                SampleEpochs.VALIDATION_EXAMPLES,
                10_000,
                height,
                width,
                classes,
                "0"))
        .parameters(InitialParameters.draw(model, 43))
        .run();
  }

  /** A run of an autoencoder on images of 20 × 12 pixels in six classes. */
  public static RunRecord autoencoder() {
    RunRecord run = shaped("autoencoder", 20, 12, 6, 3, Set.of());
    ModelSpec model = new ModelSpec(List.of(240, 24, 6, 24, 240), Activation.RELU, Output.SIGMOID);
    List<EpochRecord> epochs =
        run.epochs().stream()
            .map(
                epoch ->
                    new EpochRecord(
                        epoch.epoch(),
                        new TrainingScore(60_000, 60_000 * 0.02 / epoch.epoch(), 0),
                        new Score(
                            SampleEpochs.VALIDATION_EXAMPLES,
                            SampleEpochs.VALIDATION_EXAMPLES * 0.01875 / epoch.epoch(),
                            ConfusionMatrix.empty(0)),
                        epoch.time(),
                        epoch.rounds().stream().map(SampleRuns::withoutClasses).toList()))
            .toList();
    return ChangedRun.of(run)
        .config(run.config().withModel(model))
        .epochs(epochs)
        .test(Optional.of(new Score(10_000, 10_000 * 0.00654, ConfusionMatrix.empty(0))))
        .parameters(InitialParameters.draw(model, 43))
        .run();
  }

  private static RoundRecord withoutClasses(RoundRecord round) {
    return new RoundRecord(
        round.epoch(),
        round.round(),
        new TrainingScore(15_000, 15_000 * 0.02 / round.epoch(), 0),
        round.time(),
        round.bytesOut(),
        round.bytesBack(),
        round.drift());
  }

  private static Score without(Score score, Set<Integer> absent) {
    long[][] counts = score.confusion().counts();
    absent.forEach(label -> Arrays.fill(counts[label], 0));
    ConfusionMatrix confusion = new ConfusionMatrix(counts);
    return new Score(score.loss() * confusion.total(), confusion);
  }

  /** A run that ended well. */
  public static RunRecord completed(String name, int classes, int epochs) {
    List<EpochRecord> records = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double errors = 0.018 + 0.05 * Math.exp(-0.7 * (epoch - 1));
      records.add(
          SampleEpochs.epoch(epoch, classes, 0.045 + 0.4 * Math.exp(-0.8 * (epoch - 1)), errors));
    }
    return run(name, RunStatus.COMPLETED, classes, Math.max(1, epochs), records, List.of());
  }

  /** A run whose loss became NaN in its second epoch. */
  public static RunRecord diverged() {
    List<EpochRecord> records =
        List.of(SampleEpochs.epoch(1, 10, 0.61, 0.12), SampleEpochs.epoch(2, 10, Double.NaN, 0.9));
    return run(
        "too-fast",
        RunStatus.DIVERGED,
        10,
        5,
        records,
        List.of("The loss became NaN in epoch 2, round 3, on worker 1: lower --learning-rate."));
  }

  /** A run that failed before its first epoch ended. */
  public static RunRecord failedAtOnce() {
    return run("broken", RunStatus.FAILED, 10, 5, List.of(), List.of("The first round failed."));
  }

  /** A run that lost an executor, of which the text is hostile. */
  public static RunRecord disturbed() {
    RunRecord run = completed("disturbed", 10, 3);
    return ChangedRun.of(run)
        .events(
            List.of(
                new RunEvent(
                    RunEvent.Kind.EXECUTOR_LOST,
                    "epoch 2, round 3",
                    "Executor 1 was lost in epoch 2, round 3 (<b>137</b>); its work was repeated, 2.1 s",
                    2.1),
                new RunEvent(
                    RunEvent.Kind.EXECUTOR_JOINED,
                    "epoch 3, round 1",
                    "Executor 2 joined in epoch 3, round 1",
                    Double.NaN)))
        .run();
  }

  /** A run on generated digits, which says so. */
  public static RunRecord notMnist() {
    RunRecord run = completed("generated", 10, 3);
    return ChangedRun.of(run)
        .data(
            new DataRecord(
                "generated digits", false, 60_000, 10_000, 10_000, 28, 28, 10, "00c0ffee00c0ffee"))
        .notices(
            List.of(
                "These are not MNIST's figures: MNIST could not be had, so the run went on with"
                    + " generated digits."))
        .events(List.of())
        .run();
  }

  /** A run that --patience ended: its second of four epochs was the best, and is kept. */
  public static RunRecord stoppedEarly() {
    List<EpochRecord> records =
        List.of(
            SampleEpochs.epoch(1, 10, 0.61, 0.12),
            SampleEpochs.epoch(2, 10, 0.31, 0.02),
            SampleEpochs.epoch(3, 10, 0.21, 0.03),
            SampleEpochs.epoch(4, 10, 0.11, 0.04));
    RunRecord run = run("patient", RunStatus.STOPPED_EARLY, 10, 9, records, List.of());
    return ChangedRun.of(run).config(run.config().withPatience(2)).keptEpoch(2).run();
  }

  /** The same run scored on held-out examples, the test examples once at the end. */
  public static RunRecord withTest(RunRecord run, double errors) {
    return ChangedRun.of(run)
        .test(Optional.of(SampleEpochs.score(run.data().classes(), 0.08, errors, 99)))
        .run();
  }

  /** The same run in another language. */
  public static RunRecord inLanguage(RunRecord run, Language language) {
    return withConfig(run, run.config().withLanguage(language)).withFirstSteps(run.firstSteps());
  }

  /** The same run on one worker in one task slot. */
  static RunRecord alone(RunRecord run) {
    RunRecord alone =
        withConfig(run, run.config().withAveraging(run.config().averaging().withWorkers(1)));
    Environment e = run.environment();
    return ChangedRun.of(alone)
        .environment(
            new Environment(
                e.java(),
                e.spark(),
                e.dl4j(),
                "local[1]",
                0,
                1,
                e.os(),
                e.processor(),
                e.gitCommit()))
        .run();
  }

  /** The same run with other settings. */
  public static RunRecord withConfig(RunRecord run, RunConfig config) {
    return ChangedRun.of(run).config(config).run();
  }

  /** The same run of another network. */
  static RunRecord withModel(RunRecord run, ModelSpec model, float[] parameters) {
    return ChangedRun.of(run).config(run.config().withModel(model)).parameters(parameters).run();
  }

  /** A run of the given epochs, of 28 × 28 pixels through 128 and 64 units to the classes. */
  static RunRecord run(
      String name,
      RunStatus status,
      int classes,
      int epochs,
      List<EpochRecord> records,
      List<String> notices) {
    ModelSpec model = new ModelSpec(List.of(784, 128, 64, classes), Activation.RELU);
    LearningRate rate = new LearningRate(Schedule.ONE_CYCLE, 0.004, 0.1);
    RunConfig config =
        RunConfig.of(model)
            .withName(name)
            .withEpochs(epochs)
            .withLocal(LocalSettings.of(EngineKind.FUSED, Optimizer.ADAM, rate, 64))
            .withAveraging(AveragingSettings.mean(SampleEpochs.WORKERS, SampleEpochs.ROUNDS));
    return new RunRecord(
        status,
        config,
        List.of("workers = 2: the cluster has 2 task slots"),
        new DataRecord(
            "MNIST",
            true,
            60_000,
            SampleEpochs.VALIDATION_EXAMPLES,
            10_000,
            28,
            28,
            classes,
            "1234567890abcdef"),
        new Environment(
            "OpenJDK 17.0.12",
            "3.5.9",
            "1.0.0-M2.1",
            "local[2]",
            0,
            2,
            "Linux amd64",
            "Xeon (SkylakeX)",
            "0123456789abcdef0123456789abcdef01234567"),
        "deploy/submit train --name '" + name + "' --workers 2 --epochs " + epochs + " --seed 42",
        records,
        records.size(),
        Optional.empty(),
        InitialParameters.draw(model, 42),
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        notices,
        List.of());
  }
}
