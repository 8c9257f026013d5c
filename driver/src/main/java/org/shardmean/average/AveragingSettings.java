package org.shardmean.average;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.shardmean.wire.WireFormat;

/**
 * How the workers' results become the next state.
 *
 * @param workers logical workers, K, at least 1
 * @param roundsPerEpoch averagings an epoch, at least 1
 * @param outer the outer step
 * @param outerRate the rate of the outer step, above 0; 1 takes the whole averaged difference
 * @param outerMomentum the momentum of the outer step, 0 up to 1; unused by {@link OuterKind#MEAN}
 * @param moments what becomes of the inner optimizer's moments
 * @param reshuffle whether each worker gets a new random share of the examples every epoch
 * @param wire in how many bits states cross
 * @param place where the results are added up, which changes no bit
 */
public record AveragingSettings(
    int workers,
    int roundsPerEpoch,
    OuterKind outer,
    double outerRate,
    double outerMomentum,
    MomentPolicy moments,
    boolean reshuffle,
    WireFormat wire,
    SumPlace place)
    implements Serializable {
  public AveragingSettings {
    requireNonNull(outer, "outer");
    requireNonNull(moments, "moments");
    requireNonNull(wire, "wire");
    requireNonNull(place, "place");
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, found " + workers);
    }
    if (roundsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "rounds per epoch must be at least 1, found " + roundsPerEpoch);
    }
    if (!(outerRate > 0) || Double.isInfinite(outerRate)) {
      throw new IllegalArgumentException("outer rate must be above 0, found " + outerRate);
    }
    if (!(outerMomentum >= 0 && outerMomentum < 1)) {
      throw new IllegalArgumentException(
          "outer momentum must be 0 up to 1, found " + outerMomentum);
    }
  }

  /** Plain parameter averaging, moments averaged too, all numbers sent as they are. */
  public static AveragingSettings mean(int workers, int roundsPerEpoch) {
    return new AveragingSettings(
        workers,
        roundsPerEpoch,
        OuterKind.MEAN,
        1,
        0,
        MomentPolicy.AVERAGED,
        false,
        WireFormat.FLOAT32,
        SumPlace.AUTO);
  }

  /** These settings with another number of workers. */
  public AveragingSettings withWorkers(int workers) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another number of rounds per epoch. */
  public AveragingSettings withRoundsPerEpoch(int roundsPerEpoch) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another outer step. */
  public AveragingSettings withOuter(OuterKind outer) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another outer rate. */
  public AveragingSettings withOuterRate(double outerRate) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another outer momentum. */
  public AveragingSettings withOuterMomentum(double outerMomentum) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another policy for moments. */
  public AveragingSettings withMoments(MomentPolicy moments) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another choice to reshuffle. */
  public AveragingSettings withReshuffle(boolean reshuffle) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another wire format. */
  public AveragingSettings withWire(WireFormat wire) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }

  /** These settings with another place to add up. */
  public AveragingSettings withPlace(SumPlace place) {
    return new AveragingSettings(
        workers, roundsPerEpoch, outer, outerRate, outerMomentum, moments, reshuffle, wire, place);
  }
}
