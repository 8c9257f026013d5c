package org.shardmean.settings;

import java.util.Optional;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.model.InitialWeights;
import org.shardmean.run.Sentence;
import org.shardmean.train.Optimizer;
import org.shardmean.train.Schedule;
import org.shardmean.wire.WireFormat;

/**
 * What is set where nothing is given, each with its reason. {@link #of} is the rule behind {@code
 * --preset auto}, {@link #accurate} that behind {@code --preset accuracy}; they differ in the
 * rounds alone. docs/learning-at-scale.md has the study that led to it.
 *
 * <p>A worker takes {@code epochs * images / (workers * batch)} local steps in a run: many workers
 * starve of steps, and no outer optimizer makes up for it. So the rule asks for a number of steps
 * first, and the batch follows. All else changes slowly with it.
 *
 * @param peak the learning rate's highest value, for the optimizer that is set or was given
 */
public record AutoPreset(
    Derived<InitialWeights> initialWeights,
    Derived<Integer> roundsPerEpoch,
    Derived<Integer> batchSize,
    Derived<Optimizer> optimizer,
    Derived<Double> peak,
    Derived<Schedule> schedule,
    Derived<Double> warmup,
    Derived<Double> weightDecay,
    Derived<Double> labelSmoothing,
    Derived<Double> inputDropout,
    Derived<OuterKind> outer,
    Derived<Double> outerRate,
    Derived<Double> outerMomentum,
    Derived<MomentPolicy> moments,
    Derived<WireFormat> wire) {

  /** Local steps that a run of one epoch should have; they grow with the root of the epochs. */
  private static final double STEPS = 1200;

  private static final int LARGEST_BATCH = 64;
  private static final int SMALLEST_BATCH = 4;

  /** Fewer cost more than a tenth of a point at some number of workers. */
  private static final double ROUNDS_OF_ANOTHER_WORKER = 1.7;

  private static final int MOST_ROUNDS = 32;

  /** Workers that go further alone may end so far apart that their mean is worse than each. */
  private static final int MOST_STEPS_APART = 1000;

  /** An epoch, of several workers that train an autoencoder, for each of them. */
  private static final int ROUNDS_OF_A_WORKER = 16;

  /** An epoch, of several workers that are averaged plainly. */
  private static final int PLAIN_ROUNDS = 4;

  /** Of Keras' {@code fit} where no batch size is given. */
  private static final int LECTURE_BATCH = 32;

  private static final double WARMUP = 0.1;
  private static final double LABEL_SMOOTHING = 0.1;

  /** With more, smoothed labels cost accuracy and gain none. */
  private static final long SMOOTHED_EXAMPLES = 10;

  private static final double WEIGHT_DECAY = 0.1;

  /** Of a worker, for each parameter; with more there is less decay. */
  private static final double FULLY_DECAYED_EXAMPLES = 20;

  /**
   * Rounding takes about a millisecond for each worker and 100,000 parameters. No result may depend
   * on which workers share a task, so it takes that where nothing crosses, too.
   */
  private static final int MOST_WORKERS_OF_INT8 = 4;

  /** The peak rate of one worker over five epochs. */
  private static final double PEAK = 5e-3;

  private static final double LARGEST_PEAK = 2e-2;
  private static final double EPOCHS_OF_PEAK = 5;

  /**
   * The rule of {@code --preset auto}: as few rounds as cost a tenth of a point at most.
   *
   * @param givenRounds rounds per epoch, where they were given
   * @param givenBatch the local batch, where it was given
   */
  public static AutoPreset of(
      RunSize size, Optional<Integer> givenRounds, Optional<Integer> givenBatch) {
    Derived<Integer> wanted =
        because(
            (int)
                Math.min(MOST_ROUNDS, Math.round(ROUNDS_OF_ANOTHER_WORKER * (size.workers() - 1))),
            Sentence.of(
                "%s for each worker after the first, at most %d",
                ROUNDS_OF_ANOTHER_WORKER, MOST_ROUNDS));
    return of(size, wanted, givenRounds, givenBatch);
  }

  /**
   * The rule of {@code --preset accuracy}, with the same parameters as {@link #of}: rounds until
   * more bring no accuracy.
   */
  public static AutoPreset accurate(
      RunSize size, Optional<Integer> givenRounds, Optional<Integer> givenBatch) {
    Derived<Integer> wanted =
        because(
            (int) Math.min(MOST_ROUNDS, 4L * size.workers()),
            Sentence.of("4 for each of %d workers, at most %d", size.workers(), MOST_ROUNDS));
    return of(size, wanted, givenRounds, givenBatch);
  }

  private static AutoPreset of(
      RunSize size,
      Derived<Integer> wantedRounds,
      Optional<Integer> givenRounds,
      Optional<Integer> givenBatch) {
    int workers = size.workers();
    int epochs = size.epochs();
    Derived<Integer> batch = batch(workers, epochs, size.examples());
    int shard = size.shard();
    int batches = batches(shard, givenBatch.orElse(batch.value()));
    Derived<Integer> rounds = rounds(workers, batches, wantedRounds);
    double stepsApart = (double) batches / givenRounds.orElse(rounds.value());
    return new AutoPreset(
        because(InitialWeights.BY_ACTIVATION, "each layer passes on signals of the same size"),
        rounds,
        batch,
        because(Optimizer.ADAM, "its step does not depend on the gradient's scale"),
        peak(workers, epochs, stepsApart),
        because(Schedule.ONE_CYCLE, "a linear fall to zero lets the last steps settle"),
        because(WARMUP, "the share of the run in which moments and layers settle"),
        weightDecay(size),
        labelSmoothing(size),
        inputDropout(workers, epochs),
        outer(workers),
        because(1.0, "the whole averaged difference is taken"),
        outerMomentum(workers, stepsApart),
        because(MomentPolicy.AVERAGED, "they belong to the averaged parameters"),
        wire(workers));
  }

  /**
   * Plain averaging with settings that know nothing: what the rule is measured against.
   *
   * @param givenBatch the local batch, where it was given
   */
  public static AutoPreset plain(int workers, int images, Optional<Integer> givenBatch) {
    String plain = "--preset none";
    int shard = Math.max(1, images / workers);
    int batch = Math.min(LARGEST_BATCH, shard);
    int batches = batches(shard, givenBatch.orElse(batch));
    return new AutoPreset(
        because(InitialWeights.BY_ACTIVATION, plain),
        because(Math.min(PLAIN_ROUNDS, batches), plain),
        because(batch, plain),
        because(Optimizer.ADAM, plain),
        because(1e-3, plain),
        because(Schedule.CONSTANT, plain),
        because(0.0, plain),
        because(0.0, plain),
        because(0.0, plain),
        because(0.0, plain),
        because(OuterKind.MEAN, plain),
        because(1.0, plain),
        because(0.0, plain),
        because(MomentPolicy.AVERAGED, plain),
        because(WireFormat.FLOAT32, plain));
  }

  /**
   * The training of the lecture's notebook: what Keras does where nobody asks for more. It knows
   * one network; several workers are averaged plainly.
   *
   * @param givenBatch the local batch, where it was given
   */
  public static AutoPreset lecture(int workers, int images, Optional<Integer> givenBatch) {
    String keras = "the default of Keras";
    String nothing = "the lecture has none";
    String alone =
        workers == 1
            ? "the lecture trains one network"
            : "plain averaging; the lecture trains one network";
    int shard = Math.max(1, images / workers);
    int batch = Math.min(LECTURE_BATCH, shard);
    int rounds =
        workers == 1 ? 1 : Math.min(PLAIN_ROUNDS, batches(shard, givenBatch.orElse(batch)));
    return new AutoPreset(
        because(InitialWeights.GLOROT, keras),
        because(rounds, alone),
        because(batch, batch == shard ? "all images of the smallest shard" : keras),
        because(Optimizer.ADAM, "the lecture's optimizer"),
        because(1e-3, "the default of Keras for Adam"),
        because(Schedule.CONSTANT, keras),
        because(0.0, nothing),
        because(0.0, nothing),
        because(0.0, nothing),
        because(0.0, nothing),
        because(OuterKind.MEAN, alone),
        because(1.0, alone),
        because(0.0, alone),
        because(MomentPolicy.AVERAGED, alone),
        because(WireFormat.FLOAT32, alone));
  }

  /**
   * The rule for a network that gives images back, behind {@code --preset auto} and {@code --preset
   * accuracy}: {@link #of} for one worker. Several take smaller batches and meet more often, until
   * their error is that of one. There are no labels to be smoothed, and a narrow layer keeps the
   * network from memorizing images.
   *
   * @param givenRounds rounds per epoch, where they were given
   * @param givenBatch the local batch, where it was given
   */
  public static AutoPreset autoencoder(
      RunSize size, Optional<Integer> givenRounds, Optional<Integer> givenBatch) {
    int workers = size.workers();
    int shard = size.shard();
    int batch = Math.min(shard, Math.max(SMALLEST_BATCH, LARGEST_BATCH / (2 * workers)));
    int rounds = Math.min(ROUNDS_OF_A_WORKER * workers, batches(shard, givenBatch.orElse(batch)));
    return workers == 1
        ? of(size, givenRounds, givenBatch).withoutLabels()
        : of(
                size,
                givenRounds.or(() -> Optional.of(rounds)),
                givenBatch.or(() -> Optional.of(batch)))
            .withoutLabels()
            .meetingOften(batch, rounds);
  }

  private AutoPreset withoutLabels() {
    return new AutoPreset(
        initialWeights,
        roundsPerEpoch,
        batchSize,
        optimizer,
        peak,
        schedule,
        warmup,
        because(0.0, "the narrow layer keeps an autoencoder from memorizing images"),
        because(0.0, "an autoencoder uses no labels"),
        because(0.0, "an autoencoder sees whole images; 0.3 trains it to remove noise"),
        outer,
        outerRate,
        outerMomentum,
        moments,
        wire);
  }

  /** The same where no classes are told apart, and no feature is like its neighbours. */
  AutoPreset ofNumbers() {
    return new AutoPreset(
        initialWeights,
        roundsPerEpoch,
        batchSize,
        optimizer,
        peak,
        schedule,
        warmup,
        weightDecay,
        because(0.0, "there are no classes"),
        because(0.0, "each feature may be the only one of its kind"),
        outer,
        outerRate,
        outerMomentum,
        moments,
        wire);
  }

  private AutoPreset meetingOften(int batch, int rounds) {
    String asOne = "so that several workers reach the error of one autoencoder";
    return new AutoPreset(
        initialWeights,
        because(rounds, asOne),
        because(batch, asOne),
        optimizer,
        peak,
        schedule,
        warmup,
        weightDecay,
        labelSmoothing,
        inputDropout,
        outer,
        outerRate,
        outerMomentum,
        moments,
        because(WireFormat.FLOAT32, asOne));
  }

  /** The power of two that comes nearest to the wanted steps. */
  private static Derived<Integer> batch(int workers, int epochs, int images) {
    int shard = Math.max(1, images / workers);
    double wanted = STEPS * Math.sqrt(epochs);
    double exact = (double) epochs * images / workers / wanted;
    int power = 1 << (int) Math.max(0, Math.min(30, Math.rint(log2(exact))));
    int batch = Math.min(shard, Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, power)));
    String why;
    if (batch == shard) {
      why = "all images of the smallest shard";
    } else if (batch == LARGEST_BATCH) {
      why = "the largest batch of this preset; there are enough steps";
    } else {
      why = Sentence.of("each worker then takes %,d local steps", epochs * batches(shard, batch));
    }
    return because(batch, why);
  }

  private static Derived<Integer> rounds(int workers, int batches, Derived<Integer> wanted) {
    if (workers == 1) {
      return because(1, "one worker has nobody to average with");
    }
    if (wanted.value() > batches) {
      return because(batches, "the batches of the smallest shard");
    }
    int least = (batches + MOST_STEPS_APART - 1) / MOST_STEPS_APART;
    return least > wanted.value()
        ? because(
            least, Sentence.of("at most %,d local steps between two averagings", MOST_STEPS_APART))
        : wanted;
  }

  /**
   * A longer run has time to go slower. The mean of many workers cancels the noise of large steps,
   * if they meet before it has taken them far apart.
   *
   * @param stepsApart local steps between two averagings
   */
  private static Derived<Double> peak(int workers, int epochs, double stepsApart) {
    double alone = Math.pow(EPOCHS_OF_PEAK / epochs, 0.25);
    double together = workers == 1 ? 0 : Math.pow(4 * workers / stepsApart, 0.25);
    double peak = Math.min(LARGEST_PEAK, PEAK * Math.max(alone, together));
    return because(
        twoDigits(peak),
        together > alone
            ? Sentence.of(
                "the mean of %d workers cancels noise, and they meet every %.0f steps",
                workers, stepsApart)
            : Sentence.of("%s for five epochs, less for longer runs", PEAK));
  }

  /** Weights that many examples hold in place need no decay; it only keeps them from growing. */
  private static Derived<Double> weightDecay(RunSize size) {
    if (usedOften(size.epochs(), size.workers()) == 0) {
      return because(0.0, "no image is used in enough epochs to be memorized");
    }
    double each = (double) size.shard() / size.parameters();
    if (each <= FULLY_DECAYED_EXAMPLES) {
      return because(WEIGHT_DECAY, "each image is used in many epochs");
    }
    return because(
        twoDigits(WEIGHT_DECAY * FULLY_DECAYED_EXAMPLES / each),
        Sentence.of(
            "less than %s, because a worker has %,.0f examples for each parameter",
            WEIGHT_DECAY, each));
  }

  /** Nobody memorizes so many labels by so few parameters. */
  private static Derived<Double> labelSmoothing(RunSize size) {
    return size.examples() > SMOOTHED_EXAMPLES * size.parameters()
        ? because(
            0.0,
            Sentence.of(
                "%,d parameters cannot memorize the labels of %,d examples",
                size.parameters(), size.examples()))
        : because(LABEL_SMOOTHING, "a tenth of every label is spread over all classes");
  }

  private static Derived<Double> inputDropout(int workers, int epochs) {
    double dropout = Math.rint(100 * 0.2 * usedOften(epochs, workers)) / 100;
    return because(
        dropout,
        dropout > 0
            ? "each image is used in many epochs; less with more workers, whose mean regularizes too"
            : "no image is used in enough epochs to be memorized");
  }

  /**
   * From 0 for runs of at most five epochs to 1 for twenty or more of one worker, less by a seventh
   * for each doubling of the workers.
   */
  private static double usedOften(int epochs, int workers) {
    double often = Math.max(0, Math.min(1, Math.log(epochs / 5.0) / Math.log(4)));
    return often * Math.max(0, 1 - log2(workers) / 7);
  }

  private static Derived<OuterKind> outer(int workers) {
    return workers == 1
        ? because(OuterKind.MEAN, "one worker's mean is its result")
        : because(OuterKind.NESTEROV, "it continues in the direction that the workers share");
  }

  /**
   * Less where averagings follow each other within the memory of Adam's own momentum, ten steps,
   * and less where few workers agree easily; more overshoots.
   */
  private static Derived<Double> outerMomentum(int workers, double stepsApart) {
    if (workers == 1) {
      return because(0.0, "one worker's mean is its result");
    }
    double byWorkers = 0.3 + 0.1 * log2(workers);
    double bySteps = 0.3 + 0.1 * Math.max(0, log2(stepsApart / 4));
    double momentum = Math.min(0.7, Math.min(byWorkers, bySteps));
    return because(
        Math.rint(100 * momentum) / 100,
        Sentence.of(
            "for %d workers that meet every %.0f steps; more overshoots", workers, stepsApart));
  }

  private static Derived<WireFormat> wire(int workers) {
    if (workers == 1) {
      return because(WireFormat.FLOAT32, "one worker's result is plain training's, bit for bit");
    }
    return workers <= MOST_WORKERS_OF_INT8
        ? because(WireFormat.INT8, "under a third of the bytes, at no loss of accuracy")
        : because(
            WireFormat.FLOAT32,
            Sentence.of(
                "with more than %d workers, tasks that train several would lose more time than"
                    + " fewer bytes save; int8 where each worker has a task slot",
                MOST_WORKERS_OF_INT8));
  }

  private static double twoDigits(double value) {
    return Double.parseDouble(Sentence.of("%.2g", value));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static int batches(int shard, int batch) {
    return (shard + batch - 1) / batch;
  }

  private static <T> Derived<T> because(T value, String reason) {
    return new Derived<>(value, reason);
  }
}
