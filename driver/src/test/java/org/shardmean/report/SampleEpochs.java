package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.shardmean.average.Drift;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.TimeSplit;

/** Epochs that never ran: plausible figures, drawn from fixed seeds. */
final class SampleEpochs {
  static final int ROUNDS = 4;
  static final int WORKERS = 2;
  static final int VALIDATION_EXAMPLES = 10_000;

  private SampleEpochs() {}

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

  /** A score with a share of errors, drawn from the seed. */
  static Score score(int classes, double loss, double errors, int seed) {
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
