package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A grid as the history keeps it.
 *
 * @param experiment its grid's name
 * @param started when it began, in ISO-8601 and UTC; with the name, what it is known by
 * @param commit that ran it
 * @param master where it ran
 * @param points what its points came to
 */
public record PastGrid(
    String experiment, String started, String commit, String master, List<PointRecord> points) {
  public PastGrid {
    requireNonNull(experiment, "experiment");
    requireNonNull(started, "started");
    requireNonNull(commit, "commit");
    requireNonNull(master, "master");
    points = List.copyOf(points);
  }
}
