package org.shardmean.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.Drift;
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
import org.shardmean.run.TimeSplit;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;
import org.shardmean.train.TrainingState;

/** Runs that never ran: plausible figures, drawn from a fixed seed, to be shown and written. */
public final class SampleRuns {
  private static final int ROUNDS = 4;
  private static final int WORKERS = 2;
  private static final int VALIDATION_EXAMPLES = 10_000;

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
      EpochRecord record = epoch(epoch, classes, 0.1 + 0.4 / epoch, errors);
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
    return new RunRecord(
        run.status(),
        run.config().withModel(model),
        run.reasons(),
        new DataRecord(
            name, false, 60_000, VALIDATION_EXAMPLES, 10_000, height, width, classes, "0"),
        run.environment(),
        run.command(),
        run.epochs(),
        run.keptEpoch(),
        run.test(),
        InitialParameters.draw(model, 43),
        run.parametersSha256(),
        run.notices(),
        run.events());
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
                            VALIDATION_EXAMPLES,
                            VALIDATION_EXAMPLES * 0.01875 / epoch.epoch(),
                            ConfusionMatrix.empty(0)),
                        epoch.time(),
                        epoch.rounds().stream().map(SampleRuns::withoutClasses).toList()))
            .toList();
    return new RunRecord(
        run.status(),
        run.config().withModel(model),
        run.reasons(),
        run.data(),
        run.environment(),
        run.command(),
        epochs,
        run.keptEpoch(),
        Optional.of(new Score(10_000, 10_000 * 0.00654, ConfusionMatrix.empty(0))),
        InitialParameters.draw(model, 43),
        run.parametersSha256(),
        run.notices(),
        run.events());
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
      records.add(epoch(epoch, classes, 0.045 + 0.4 * Math.exp(-0.8 * (epoch - 1)), errors));
    }
    return run(name, RunStatus.COMPLETED, classes, Math.max(1, epochs), records, List.of());
  }

  /** A run whose loss became NaN in its second epoch. */
  public static RunRecord diverged() {
    List<EpochRecord> records = List.of(epoch(1, 10, 0.61, 0.12), epoch(2, 10, Double.NaN, 0.9));
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
    return new RunRecord(
        run.status(),
        run.config(),
        run.reasons(),
        run.data(),
        run.environment(),
        run.command(),
        run.epochs(),
        run.keptEpoch(),
        run.test(),
        run.parameters(),
        run.parametersSha256(),
        run.notices(),
        List.of(
            new RunEvent(
                RunEvent.Kind.EXECUTOR_LOST,
                "epoch 2, round 3",
                "executor 1 lost in epoch 2, round 3 (<b>137</b>); its work was repeated, 2.1 s",
                2.1),
            new RunEvent(
                RunEvent.Kind.EXECUTOR_JOINED,
                "epoch 3, round 1",
                "executor 2 joined in epoch 3, round 1",
                Double.NaN)));
  }

  /** A run on generated digits, which says so. */
  public static RunRecord notMnist() {
    RunRecord run = completed("generated", 10, 3);
    return new RunRecord(
        run.status(),
        run.config(),
        run.reasons(),
        new DataRecord(
            "generated digits", false, 60_000, 10_000, 10_000, 28, 28, 10, "00c0ffee00c0ffee"),
        run.environment(),
        run.command(),
        run.epochs(),
        run.keptEpoch(),
        run.test(),
        run.parameters(),
        run.parametersSha256(),
        List.of(
            "These are not MNIST's figures: MNIST could not be had, so the run went on with"
                + " generated digits."),
        List.of());
  }

  /** A run that --patience ended: its second of four epochs was the best, and is kept. */
  public static RunRecord stoppedEarly() {
    List<EpochRecord> records =
        List.of(
            epoch(1, 10, 0.61, 0.12),
            epoch(2, 10, 0.31, 0.02),
            epoch(3, 10, 0.21, 0.03),
            epoch(4, 10, 0.11, 0.04));
    RunRecord run = run("patient", RunStatus.STOPPED_EARLY, 10, 9, records, List.of());
    return new RunRecord(
        run.status(),
        run.config().withPatience(2),
        run.reasons(),
        run.data(),
        run.environment(),
        run.command(),
        run.epochs(),
        2,
        run.test(),
        run.parameters(),
        run.parametersSha256(),
        run.notices(),
        run.events());
  }

  /** The same run scored on held-out examples, the test examples once at the end. */
  public static RunRecord withTest(RunRecord run, double errors) {
    return new RunRecord(
        run.status(),
        run.config(),
        run.reasons(),
        run.data(),
        run.environment(),
        run.command(),
        run.epochs(),
        run.keptEpoch(),
        Optional.of(score(run.data().classes(), 0.08, errors, 99)),
        run.parameters(),
        run.parametersSha256(),
        run.notices(),
        run.events());
  }

  /** The same run in another language. */
  public static RunRecord inLanguage(RunRecord run, Language language) {
    return withConfig(run, run.config().withLanguage(language));
  }

  /** The same run on one worker in one task slot. */
  static RunRecord alone(RunRecord run) {
    RunRecord alone =
        withConfig(run, run.config().withAveraging(run.config().averaging().withWorkers(1)));
    Environment e = run.environment();
    return new RunRecord(
        alone.status(),
        alone.config(),
        alone.reasons(),
        alone.data(),
        new Environment(
            e.java(), e.spark(), e.dl4j(), "local[1]", 0, 1, e.os(), e.processor(), e.gitCommit()),
        alone.command(),
        alone.epochs(),
        alone.keptEpoch(),
        alone.test(),
        alone.parameters(),
        alone.parametersSha256(),
        alone.notices(),
        alone.events());
  }

  /** The same run with other settings. */
  public static RunRecord withConfig(RunRecord run, RunConfig config) {
    return new RunRecord(
        run.status(),
        config,
        run.reasons(),
        run.data(),
        run.environment(),
        run.command(),
        run.epochs(),
        run.keptEpoch(),
        run.test(),
        run.parameters(),
        run.parametersSha256(),
        run.notices(),
        run.events());
  }

  /** The same run of another network. */
  static RunRecord withModel(RunRecord run, ModelSpec model, float[] parameters) {
    return new RunRecord(
        run.status(),
        run.config().withModel(model),
        run.reasons(),
        run.data(),
        run.environment(),
        run.command(),
        run.epochs(),
        run.keptEpoch(),
        run.test(),
        parameters,
        run.parametersSha256(),
        run.notices(),
        run.events());
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
            .withAveraging(AveragingSettings.mean(WORKERS, ROUNDS));
    return new RunRecord(
        status,
        config,
        List.of("workers = 2: the cluster has 2 task slots"),
        new DataRecord(
            "MNIST",
            true,
            60_000,
            VALIDATION_EXAMPLES,
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

  /**
   * An epoch of four rounds.
   *
   * @param trainLoss its mean training loss, in nats
   * @param errors the share of the validation examples that are misclassified
   */
  static EpochRecord epoch(int epoch, int classes, double trainLoss, double errors) {
    List<RoundRecord> rounds = new ArrayList<>();
    TrainingScore training = TrainingScore.EMPTY;
    TimeSplit time = TimeSplit.ZERO;
    for (int round = 1; round <= ROUNDS; round++) {
      RoundRecord record = round(epoch, round, trainLoss * (1.15 - 0.06 * round), errors);
      rounds.add(record);
      training = training.plus(record.score());
      time = time.plus(record.time());
    }
    TimeSplit withEvaluation = time.plus(new TimeSplit(0, 0, 0, 0.061 + 0.004 * epoch));
    double validationLoss = 0.004 + 3.1 * errors + 0.002 * epoch;
    return new EpochRecord(
        epoch, training, score(classes, validationLoss, errors, epoch), withEvaluation, rounds);
  }

  private static RoundRecord round(int epoch, int round, double loss, double errors) {
    SplittableRandom random = new SplittableRandom(100L * epoch + round);
    long examples = 15_000;
    long correct = Math.round(examples * (1 - Math.min(0.95, errors * (1.4 - 0.1 * round))));
    TimeSplit time =
        new TimeSplit(
            0.118 + 0.01 * random.nextDouble(),
            0.004 + 0.006 * random.nextDouble(),
            0.012 + 0.004 * random.nextDouble(),
            0);
    Drift drift =
        new Drift(
            0.31 + 0.05 * random.nextDouble(),
            2.4 / (epoch + round),
            epoch == 1 && round == 1 ? Double.NaN : 0.35 + 0.2 * random.nextDouble(),
            180 + 900 * random.nextDouble());
    return new RoundRecord(
        epoch,
        round,
        new TrainingScore(examples, loss * examples, correct),
        time,
        WORKERS * 1_312_640L,
        WORKERS * 1_312_640L,
        drift);
  }

  private static Score score(int classes, double loss, double errors, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[][] counts = new long[classes][classes];
    for (int example = 0; example < VALIDATION_EXAMPLES; example++) {
      int actual = example % classes;
      boolean wrong = random.nextDouble() < errors * (0.5 + (double) (actual % 10) / 9);
      int predicted = wrong ? mistake(actual, classes, random) : actual;
      counts[actual][predicted]++;
    }
    ConfusionMatrix confusion = new ConfusionMatrix(counts);
    return new Score(loss * confusion.total(), confusion);
  }

  /** Some classes are taken for each other more often than others. */
  private static int mistake(int actual, int classes, SplittableRandom random) {
    int usual = (actual * 7 + 3) % classes;
    int any = random.nextInt(classes);
    int predicted = random.nextDouble() < 0.5 ? usual : any;
    return predicted == actual ? (actual + 1) % classes : predicted;
  }
}
