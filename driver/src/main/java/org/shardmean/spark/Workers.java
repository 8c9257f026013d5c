package org.shardmean.spark;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.CodedSum;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.RoundSum;
import org.shardmean.average.RoundWire;
import org.shardmean.metrics.Score;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.Progress;
import org.shardmean.run.RunConfig;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Moments;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.CodedState;
import org.shardmean.wire.WireFormat;

/**
 * The logical workers, as the driver sees them. All that they do shares one Spark job where it can
 * ({@link TrainingJob}); otherwise each round and each evaluation has a small one of its own. Which
 * way it went changes no bit.
 */
final class Workers implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Evaluation evaluation;
  private final RunConfig config;
  private final ModelSpec model;
  private final LocalSettings settings;
  private final MomentPolicy moments;
  private final WireFormat format;

  /** The job whose tasks wait for the next step. */
  private Optional<TrainingJob> shared = Optional.empty();

  /** Adds up on executors, once a round has. */
  private Optional<SlicedRounds> sliced = Optional.empty();

  /** The last epoch whose steps cannot share a job any more, because one was disturbed. */
  private int lastDisturbed;

  /**
   * Nothing is computed yet.
   *
   * @param evaluation the images to score between epochs
   */
  Workers(JavaSparkContext spark, RunConfig config, Evaluation evaluation) {
    this.spark = spark;
    this.evaluation = evaluation;
    this.config = config;
    this.model = config.model();
    this.settings = config.local();
    this.moments = config.averaging().moments();
    this.format = config.averaging().wire();
  }

  /**
   * What came back from a round.
   *
   * @param sum over all workers
   * @param own each worker's own moments, in order of worker, where workers keep them; otherwise
   *     empty
   * @param seconds that each task spent in local steps
   * @param executors where each task ran
   * @param bytesOut of the states that the driver sent out, to all receivers together
   * @param bytesBack of the states that came back to the driver
   */
  record Round(
      RoundSum sum,
      List<Moments> own,
      List<Double> seconds,
      List<String> executors,
      long bytesOut,
      long bytesBack) {
    Round {
      own = List.copyOf(own);
      seconds = List.copyOf(seconds);
      executors = List.copyOf(executors);
    }
  }

  /**
   * Has all images made and kept on the executors before training begins: by the tasks of the
   * shared job, which then wait for their first round, or by jobs of their own.
   */
  void prepare(EpochShards epochs, Progress now) {
    if (now.isDone(config)) {
      return;
    }
    Shards shards = epochs.of(now.epoch());
    if (!isSliced(shards)) {
      share(shards, now);
    }
    if (shared.isPresent() && shared.get().isReady()) {
      shards.haveBeenMade();
      evaluation.haveBeenMade();
    } else {
      endDisturbed(now.epoch());
      evaluation.keep();
      epochs.keep();
    }
  }

  /** The state out, local steps, the sum over all workers back. */
  Round train(Shards shards, Progress now) {
    RoundWire wire = RoundWire.of(format, plan(now), model.parameters());
    if (isSliced(shards)) {
      endShared();
      return slicedRounds(shards).train(shards, wire, now);
    }
    share(shards, now);
    SortedMap<Integer, RoundAnswer> answers = inTheSharedJob(wire, now.state());
    long bytesOut = answers.size() * bytesOut(now.state());
    List<Integer> missing = shards.without(answers.keySet());
    if (!missing.isEmpty()) {
      bytesOut += inAJobOfItsOwn(shards, wire, now, missing, answers);
    }
    return round(shards, wire, now.state(), List.copyOf(answers.values()), bytesOut);
  }

  /** Loss and confusion matrix over the validation images, after the epoch of this number. */
  Score score(int epoch, float[] parameters) {
    Optional<Score> score =
        shared.flatMap(job -> job.scores(epoch, parameters)).map(evaluation::total);
    if (score.isEmpty()) {
      endDisturbed(epoch);
    }
    return score.orElseGet(() -> evaluation.score(parameters, Evaluation.description(epoch)));
  }

  private RoundPlan plan(Progress now) {
    return new RoundPlan(
        config.seed(),
        config.epochs(),
        config.averaging().roundsPerEpoch(),
        now.epoch(),
        now.round());
  }

  /** Starts the job that steps on these shards share, unless it is there or there can be none. */
  private void share(Shards shards, Progress now) {
    boolean mayShare = moments != MomentPolicy.KEPT && now.epoch() > lastDisturbed;
    if (mayShare && (shared.isEmpty() || !shared.get().isOn(shards))) {
      endShared();
      if (TrainingJob.isWorthIt(
          spark, shards, evaluation, shards.blocks().size() * bytesOut(now.state()))) {
        shared =
            Optional.of(
                TrainingJob.start(
                    spark,
                    shards,
                    task(shards, now.epoch()),
                    shards.mostBytesOfATask(shards.blocks().size())
                        + evaluation.mostBytesOfATask(shards.blocks().size()),
                    now.epoch(),
                    config.epochs()));
      }
    }
  }

  /** Whether results are added up on executors, which changes no bit. */
  private boolean isSliced(Shards shards) {
    int executors = spark.isLocal() ? 1 : Cluster.executors(spark);
    return sliced.isPresent()
        || RoundMemory.of(config, shards.blocks().size(), executors).isSliced();
  }

  private SlicedRounds slicedRounds(Shards shards) {
    SlicedRounds rounds =
        sliced.orElseGet(() -> new SlicedRounds(spark, config, shards.blocks().size()));
    sliced = Optional.of(rounds);
    return rounds;
  }

  /** Bytes of a round's state, to one task of the shared job. */
  private long bytesOut(TrainingState start) {
    return format.bytesOfStart(start.parameters().length, start.moments().length);
  }

  /** The answers by block: all of them, or where there is no such job or it was disturbed, some. */
  private SortedMap<Integer, RoundAnswer> inTheSharedJob(RoundWire wire, TrainingState start) {
    if (shared.isEmpty()) {
      return new TreeMap<>();
    }
    TrainingJob job = shared.get();
    if (!job.round(wire, start)) {
      endDisturbed(wire.plan().epoch());
    }
    return job.trained();
  }

  private TrainingTask task(Shards shards, int epoch) {
    return new TrainingTask(
        "training-" + shards.rdd().id() + "-" + epoch,
        model,
        settings,
        moments,
        format,
        shards.reader(),
        evaluation.work());
  }

  /** Ends the job whose step came to nothing, if there is one. */
  private void endDisturbed(int epoch) {
    if (shared.isPresent()) {
      lastDisturbed = shared.get().lacksTasks() ? Integer.MAX_VALUE : epoch;
      shared.get().endDisturbed();
      endShared();
    }
  }

  /**
   * Trains the blocks whose answers are missing, and puts those in.
   *
   * @return bytes of the states that went out
   */
  private long inAJobOfItsOwn(
      Shards shards,
      RoundWire wire,
      Progress now,
      List<Integer> missing,
      SortedMap<Integer, RoundAnswer> answers) {
    RoundPlan plan = wire.plan();
    spark.setJobDescription("epoch " + plan.epoch() + " · round " + plan.round());
    try (RoundStart sent =
        RoundStart.broadcast(spark, wire, now.state(), now.ownMoments(), shards.blocks())) {
      List<RoundAnswer> came = shards.inBlocks(task(wire, sent), missing);
      IntStream.range(0, came.size()).forEach(i -> answers.put(missing.get(i), came.get(i)));
      return sent.bytes((int) came.stream().map(RoundAnswer::executor).distinct().count());
    }
  }

  private RoundTask task(RoundWire wire, RoundStart sent) {
    return new RoundTask(model, settings, moments, wire, sent);
  }

  private static Round round(
      Shards shards,
      RoundWire wire,
      TrainingState start,
      List<RoundAnswer> answers,
      long bytesOut) {
    CodedSum whole = shards.total(answers.stream().map(RoundAnswer::sums).toList(), wire::add);
    return new Round(
        wire.total(whole, start.parameters()),
        answers.stream()
            .flatMap(answer -> answer.ownMoments().stream())
            .map(CodedState::moments)
            .toList(),
        answers.stream().map(RoundAnswer::seconds).toList(),
        answers.stream().map(RoundAnswer::executor).toList(),
        bytesOut,
        answers.stream().mapToLong(RoundAnswer::bytes).sum());
  }

  private void endShared() {
    shared.ifPresent(TrainingJob::close);
    shared = Optional.empty();
  }

  /** Ends the current job, if there is one, and gives back what rounds left on executors. */
  @Override
  public void close() {
    endShared();
    sliced.ifPresent(SlicedRounds::close);
    sliced = Optional.empty();
  }
}
