package org.shardmean.jobs;

import java.util.List;
import java.util.Locale;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunRecord;

/**
 * A line of a study's table.
 *
 * @param setup the point without its seed
 * @param roundsPerEpoch as resolved
 * @param accuracy of the last epoch; NaN where none ended
 * @param best the best epoch's accuracy; NaN where none ended
 * @param loss of the last epoch
 * @param bytes sent in all rounds, both ways
 * @param dispersion of the last round, see {@link org.shardmean.average.Drift}
 * @param seconds of training
 */
record StudyResult(
    String setup,
    long seed,
    String status,
    String variant,
    int workers,
    int epochs,
    int roundsPerEpoch,
    int batchSize,
    double rate,
    double accuracy,
    double best,
    double loss,
    long bytes,
    double dispersion,
    double seconds) {
  static final String HEADER =
      "setup,seed,status,variant,workers,epochs,rounds_per_epoch,batch_size,learning_rate,"
          + "accuracy,best_accuracy,loss,bytes,dispersion,train_seconds";

  /** What a run did. */
  static StudyResult of(StudyPoint point, RunRecord run) {
    List<RoundRecord> rounds =
        run.epochs().stream().flatMap(epoch -> epoch.rounds().stream()).toList();
    boolean ended = !run.epochs().isEmpty();
    EpochRecord last = ended ? run.epochs().get(run.epochs().size() - 1) : null;
    return new StudyResult(
        point.setup(),
        point.seed(),
        run.status().name(),
        point.variant(),
        point.workers(),
        point.epochs(),
        run.config().averaging().roundsPerEpoch(),
        run.config().local().batchSize(),
        run.config().local().rate().peak(),
        ended ? last.validation().accuracy() : Double.NaN,
        run.best().map(epoch -> epoch.validation().accuracy()).orElse(Double.NaN),
        ended ? last.validation().loss() : Double.NaN,
        rounds.stream().mapToLong(round -> round.bytesOut() + round.bytesBack()).sum(),
        rounds.isEmpty() ? Double.NaN : rounds.get(rounds.size() - 1).drift().dispersion(),
        run.epochs().stream().mapToDouble(EpochRecord::trainSeconds).sum());
  }

  /** As a line of CSV; numbers as Java writes them, so that they read back the same. */
  String csv() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%s,%s,%d,%d,%d,%d,%s,%s,%s,%s,%d,%s,%s",
        setup,
        seed,
        status,
        variant,
        workers,
        epochs,
        roundsPerEpoch,
        batchSize,
        rate,
        accuracy,
        best,
        loss,
        bytes,
        dispersion,
        seconds);
  }

  /**
   * Reads {@link #csv()}'s line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static StudyResult parse(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != HEADER.split(",").length) {
      throw new IllegalArgumentException(
          "expected %d cells, found %d".formatted(HEADER.split(",").length, cells.length));
    }
    return new StudyResult(
        cells[0],
        Long.parseLong(cells[1]),
        cells[2],
        cells[3],
        Integer.parseInt(cells[4]),
        Integer.parseInt(cells[5]),
        Integer.parseInt(cells[6]),
        Integer.parseInt(cells[7]),
        Double.parseDouble(cells[8]),
        Double.parseDouble(cells[9]),
        Double.parseDouble(cells[10]),
        Double.parseDouble(cells[11]),
        Long.parseLong(cells[12]),
        Double.parseDouble(cells[13]),
        Double.parseDouble(cells[14]));
  }

  /** Unique in a study. */
  String id() {
    return setup + "-s" + seed;
  }
}
