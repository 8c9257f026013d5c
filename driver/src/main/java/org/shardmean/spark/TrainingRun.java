package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.Dataset;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.data.ShardAssignment;
import org.shardmean.data.ValidationSplit;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;
import org.shardmean.metrics.Residuals;
import org.shardmean.metrics.Score;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ParametersDigest;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.FirstSteps;
import org.shardmean.run.Kernels;
import org.shardmean.run.Problem;
import org.shardmean.run.Progress;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunKeeper;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.run.ShownImages;
import org.shardmean.run.WorkerShare;
import org.shardmean.settings.DataShape;
import org.shardmean.settings.Feasibility;
import org.shardmean.settings.ReproducingCommand;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.train.TrainingState;

/** One run from data to result: what {@code train} does, and every point of an experiment. */
public final class TrainingRun {
  /** Training examples that a run keeps to show. */
  private static final int SAMPLES = 40;

  private static final int SAMPLES_OF_A_WORKER = 10;

  /** Of more examples it would take seconds to say again whose they are. */
  private static final int MOST_DEALT_AGAIN = 1_000_000;

  private final JavaSparkContext spark;
  private final Cluster cluster;
  private final RunListener listener;

  /**
   * A training that has not begun.
   *
   * @param cluster where it trains
   * @param listener hears of every round, epoch and disturbance; the training waits for it
   */
  public TrainingRun(JavaSparkContext spark, Cluster cluster, RunListener listener) {
    this.spark = requireNonNull(spark, "spark");
    this.cluster = requireNonNull(cluster, "cluster");
    this.listener = requireNonNull(listener, "listener");
  }

  /**
   * A run that is over.
   *
   * @param result all figures
   * @param problem what went wrong, where something did
   * @param images some of the images, to be shown
   */
  public record Finished(RunRecord result, Optional<String> problem, ShownImages images) {}

  /** Which examples train, which validate, and which test once at the end. */
  public record Parts(
      ExampleSource training, ExampleSource validation, Optional<ExampleSource> test) {
    /** As {@code --validation} says. */
    public static Parts of(Dataset dataset, RunConfig config) {
      return of(dataset, config.validation().heldOut(), config.seed());
    }

    /**
     * Parts a dataset.
     *
     * @param heldOut share of the training examples to validate on; 0 for the test examples
     */
    public static Parts of(Dataset dataset, double heldOut, long seed) {
      if (heldOut == 0) {
        return new Parts(dataset.train(), dataset.test(), Optional.empty());
      }
      ValidationSplit split = ValidationSplit.of(dataset.train(), heldOut, seed);
      return new Parts(split.training(), split.heldOut(), Optional.of(dataset.test()));
    }

    /** What settings must fit. */
    public DataShape shape() {
      return new DataShape(
          training.count(),
          training.height() * training.width(),
          training.classes(),
          training.targets());
    }
  }

  /**
   * Trains, scores and collects; writes nothing.
   *
   * @throws ConfigurationException with everything in the configuration that does not fit the data
   * @throws UnfinishedRunException if anything goes wrong once training has begun
   */
  public Finished run(Dataset dataset, ResolvedRun resolved) {
    return run(dataset, resolved, RunKeeper.NONE);
  }

  /** As {@link #run(Dataset, ResolvedRun)}, going on from where {@code keeper} says. */
  public Finished run(Dataset dataset, ResolvedRun resolved, RunKeeper keeper) {
    RunConfig config = resolved.config();
    Parts parts = Parts.of(dataset, config);
    Feasibility.require(config, parts.shape());
    RoundSize.require(spark, config, cluster);
    DataRecord data = record(dataset, parts);
    Environment environment = cluster.environment(spark);
    Kernels.check(environment, resolved.sameBits(), listener);
    LateExecutors late =
        new LateExecutors(new Processors(spark), environment, resolved.sameBits(), listener);
    Disturbances disturbances = Disturbances.of(spark, listener);
    Ending ending = new Ending(dataset, resolved, data, late, disturbances);
    Progress start =
        keeper.begin(config, data, environment, Progress.start(start(config), config.averaging()));
    disturbances.resumedFrom(start, config.averaging().roundsPerEpoch());
    AtomicReference<Progress> last = new AtomicReference<>(start);
    try (disturbances;
        Evaluation validation = evaluation(parts.validation(), config)) {
      listener.started(config, data, environment);
      WarmUp.run(spark, config, cluster, parts.training(), start.state());
      AutoencoderLook look = new AutoencoderLook(parts.validation(), config);
      TrainingOutcome outcome =
          new AveragingLoop(spark, config, cluster, listener)
              .run(
                  parts.training(),
                  validation,
                  start,
                  now -> {
                    disturbances.tell();
                    late.check();
                    last.set(now);
                    look.passed(now);
                    keeper.passed(now);
                  });
      Evaluation.Look answers =
          outcome.epochs().isEmpty()
              ? Evaluation.Look.none(data.classes())
              : validation.examine(outcome.parameters());
      Optional<ShardAssignment> dealt = dealtAgain(parts.training(), config);
      return ending.of(
          outcome,
          parts.test().map(test -> scoreOnce(test, config, outcome.parameters())),
          shown(parts.training(), answers, shares(parts.training(), dealt))
              .withReconstructions(look.atTheEnd(outcome))
              .withResiduals(Residuals.of(answers.residuals(), dataset.table()))
              .withGivenBackRows(RowAutoencoderLook.of(parts.validation(), config, outcome)),
          firstSteps(parts.training(), config, dealt, start));
    } catch (Throwable e) { // An error too, and what Spark throws undeclared.
      Throwable reason = keeper.reason(disturbances.reason(e));
      RunStatus status = keeper.isToStop() ? RunStatus.INTERRUPTED : RunStatus.FAILED;
      TrainingOutcome outcome =
          TrainingOutcome.stopped(status, Problem.of(reason), last.get(), config.patience());
      throw new UnfinishedRunException(
          ending.of(
              outcome,
              Optional.empty(),
              shownWhereThereIsMemory(parts.training()),
              FirstSteps.NONE),
          reason);
    }
  }

  /** What is known of a run before it begins, whatever becomes of it. */
  private record Ending(
      Dataset dataset,
      ResolvedRun resolved,
      DataRecord data,
      LateExecutors executors,
      Disturbances disturbances) {
    Finished of(
        TrainingOutcome outcome, Optional<Score> test, ShownImages images, FirstSteps firstSteps) {
      Environment environment = executors.environment();
      List<String> notices = new ArrayList<>(outcome.problem().stream().toList());
      notices.addAll(dataset.notices());
      notices.addAll(Kernels.mixture(environment.processor()).stream().toList());
      RunRecord result =
          new RunRecord(
              outcome.status(),
              resolved.config(),
              resolved.reasons(),
              data,
              environment,
              ReproducingCommand.of(resolved.config()),
              outcome.epochs(),
              outcome.keptEpoch(),
              test,
              outcome.parameters(),
              ParametersDigest.sha256(outcome.parameters()),
              notices,
              disturbances.all(),
              firstSteps);
      return new Finished(result, outcome.problem(), images);
    }
  }

  /** A run may end because memory is short; its record is written all the same. */
  private static ShownImages shownWhereThereIsMemory(ExampleSource training) {
    try {
      return shown(training, Evaluation.Look.none(training.classes()), List.of());
    } catch (RuntimeException | OutOfMemoryError e) {
      return ShownImages.none(training.height(), training.width(), training.classes());
    }
  }

  private static ShownImages shown(
      ExampleSource training, Evaluation.Look look, List<WorkerShare> shares) {
    return new ShownImages(
        training.height(),
        training.width(),
        Arrays.stream(training.countsPerClass()).boxed().toList(),
        samples(training, SAMPLES),
        look.examination(),
        look.answers(),
        shares);
  }

  /** Whose examples are whose in the first epoch; of one worker, and of very many, nothing. */
  private static Optional<ShardAssignment> dealtAgain(ExampleSource training, RunConfig config) {
    int workers = config.averaging().workers();
    return workers == 1 || training.count() > MOST_DEALT_AGAIN
        ? Optional.empty()
        : Optional.of(ShardAssignment.of(training, workers, config.seed()));
  }

  /** Which images belong to the first workers, in the first epoch. */
  private static List<WorkerShare> shares(ExampleSource training, Optional<ShardAssignment> dealt) {
    if (dealt.isEmpty() || training.classes() == 0 || training.targets() > 0) {
      return List.of();
    }
    int workers = Math.min(dealt.get().workers(), WorkerShare.MOST_WORKERS);
    return IntStream.range(0, workers)
        .mapToObj(worker -> share(training, worker, dealt.get().examplesOf(worker)))
        .toList();
  }

  private static FirstSteps firstSteps(
      ExampleSource training, RunConfig config, Optional<ShardAssignment> dealt, Progress start) {
    return training.count() > MOST_DEALT_AGAIN
        ? FirstSteps.NONE
        : FirstStepsAgain.of(
            training,
            config,
            dealt,
            start(config).parameters(),
            start.epoch() == 1 && start.round() == 1);
  }

  private static WorkerShare share(ExampleSource training, int worker, int[] examples) {
    Long[] counts = new Long[training.classes()];
    Arrays.fill(counts, 0L);
    for (int example : examples) {
      counts[training.label(example)]++;
    }
    int[] first = Arrays.copyOf(examples, Math.min(SAMPLES_OF_A_WORKER, examples.length));
    return new WorkerShare(worker, List.of(counts), unasked(training, first));
  }

  private Evaluation evaluation(ExampleSource images, RunConfig config) {
    return new Evaluation(spark, config.model(), config.local().engine(), images, cluster.cores());
  }

  private Score scoreOnce(ExampleSource test, RunConfig config, float[] parameters) {
    try (Evaluation evaluation = evaluation(test, config)) {
      return evaluation.score(parameters, "test images");
    }
  }

  private static TrainingState start(RunConfig config) {
    return TrainingState.initial(
        InitialParameters.draw(config.model(), config.initialWeights(), config.seed()),
        config.local().optimizer());
  }

  private static DataRecord record(Dataset dataset, Parts parts) {
    return new DataRecord(
        dataset.name(),
        dataset.isMnist(),
        parts.training().count(),
        parts.validation().count(),
        dataset.test().count(),
        dataset.train().height(),
        dataset.train().width(),
        dataset.train().classes(),
        dataset.checksum(),
        dataset.table());
  }

  /** Training images to show what the data looks like, evenly spread over the set; of rows none. */
  public static List<ClassifiedExample> samples(ExampleSource examples, int most) {
    int count = Math.min(most, examples.count());
    int[] spread = new int[count];
    for (int i = 0; i < count; i++) {
      spread[i] = (int) ((long) i * examples.count() / count);
    }
    return unasked(examples, spread);
  }

  private static List<ClassifiedExample> unasked(ExampleSource examples, int[] numbers) {
    List<ClassifiedExample> samples = new ArrayList<>();
    if (!(examples.select(numbers) instanceof ImageSet images)) {
      return samples;
    }
    for (int i = 0; i < numbers.length; i++) {
      samples.add(
          new ClassifiedExample(
              numbers[i], images.label(i), ClassifiedImage.unasked(images.image(i))));
    }
    return samples;
  }
}
