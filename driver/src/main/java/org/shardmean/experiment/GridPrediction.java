package org.shardmean.experiment;

import org.shardmean.experiment.statistics.RoundTimeModel.Prediction;
import org.shardmean.experiment.statistics.RoundTimeModel.RoundPlanned;
import org.shardmean.run.Sentence;

/**
 * What a grid's model says of another cluster.
 *
 * @param round one round
 * @param epoch all of an epoch's rounds, training only
 * @param sentence in words
 */
public record GridPrediction(Prediction round, Prediction epoch, String sentence) {

  /**
   * What is asked.
   *
   * @param workers each with a core of its own
   * @param images of an epoch
   * @param bitsPerSecond of the driver's link; 0 for that of the measured cluster
   * @param wireWasMeasured whether the measured rounds crossed a network
   */
  public record Question(
      int workers,
      long images,
      int roundsPerEpoch,
      double bitsPerSecond,
      boolean wireWasMeasured) {}

  /** Asks a model. */
  public static GridPrediction of(ClusterModel model, Question asked) {
    double perWorker = (double) asked.images() / asked.workers() / asked.roundsPerEpoch();
    RoundPlanned planned =
        new RoundPlanned(perWorker, asked.workers(), asked.workers(), model.bytesPerWorker());
    Prediction round =
        asked.bitsPerSecond() > 0
            ? model.rounds().predict(planned, 8 / asked.bitsPerSecond(), asked.wireWasMeasured())
            : model.rounds().predict(planned);
    Prediction epoch = round.times(asked.roundsPerEpoch());
    return new GridPrediction(round, epoch, sentence(model, asked, round, epoch));
  }

  private static String sentence(
      ClusterModel model, Question asked, Prediction round, Prediction epoch) {
    double beyond = (double) asked.workers() / model.rounds().largest();
    return Sentence.of(
            "With %,d workers, %,d images and %d rounds an epoch, an undisturbed round takes %.3f s (90%% of them: %.3f to %.3f s) and an epoch %.2f s (%.2f to %.2f s), %,.0f images/s.",
            asked.workers(),
            asked.images(),
            asked.roundsPerEpoch(),
            round.seconds(),
            round.likely().low(),
            round.likely().high(),
            epoch.seconds(),
            epoch.likely().low(),
            epoch.likely().high(),
            asked.images() / epoch.seconds())
        + model
            .heldOut()
            .map(
                error ->
                    Sentence.of(
                        " Setups left out of the fit were predicted within %.0f%%.",
                        100 * error.most()))
            .orElse("")
        + (beyond > 1
            ? Sentence.of(
                " This reaches %.0f times beyond the %d workers measured: the range tells the noise of what was measured, not stragglers or switches that only a larger cluster shows.",
                beyond, model.rounds().largest())
            : "");
  }
}
