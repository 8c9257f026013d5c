package org.shardmean.jobs;

import java.util.Map;
import org.shardmean.settings.Written;

/**
 * One run of a study.
 *
 * @param variant which way of training, by the grid's name for it
 * @param workers logical workers, K
 * @param epochs how often every image is seen
 * @param roundsPerEpoch as asked for; 0 leaves it to the preset
 * @param seed of the run
 * @param settings the variant's own, by their names
 */
record StudyPoint(
    String variant,
    int workers,
    int epochs,
    int roundsPerEpoch,
    long seed,
    Map<String, Written> settings) {
  StudyPoint {
    settings = Map.copyOf(settings);
  }

  /** The point without its seed: points that differ in nothing else are averaged. */
  String setup() {
    return variant + "-k" + workers + "-e" + epochs + "-r" + roundsPerEpoch;
  }

  /** Unique in a grid. */
  String id() {
    return setup() + "-s" + seed;
  }
}
