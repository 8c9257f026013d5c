package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;

/**
 * A grid as the history keeps it.
 *
 * @param experiment its grid's name
 * @param started when it began, in ISO-8601 and UTC; with the name, what it is known by
 * @param commit that ran it
 * @param master where it ran
 * @param accepted why later grids may be compared with it, in words; empty where they may not
 * @param points what its points came to
 */
public record PastGrid(
    String experiment,
    String started,
    String commit,
    String master,
    String accepted,
    List<PointRecord> points) {
  public PastGrid {
    requireNonNull(experiment, "experiment");
    requireNonNull(started, "started");
    requireNonNull(commit, "commit");
    requireNonNull(master, "master");
    requireNonNull(accepted, "accepted");
    points = List.copyOf(points);
    if (points.stream().map(one -> one.point().id()).distinct().count() < points.size()) {
      throw new IllegalArgumentException("a grid must have each point once, found one twice");
    }
  }

  /** One that has just ended: not accepted yet. */
  public PastGrid(
      String experiment, String started, String commit, String master, List<PointRecord> points) {
    this(experiment, started, commit, master, "", points);
  }

  public boolean isAccepted() {
    return !accepted.isEmpty();
  }

  PastGrid withAccepted(String why) {
    return new PastGrid(experiment, started, commit, master, why, points);
  }

  /** Whether it has points and none failed. */
  public boolean isWhole() {
    return !points.isEmpty() && points.stream().allMatch(PointRecord::isDone);
  }

  List<PointRecord> done() {
    return points.stream().filter(PointRecord::isDone).toList();
  }

  /** Of the points that ran, by their ids. */
  public Map<String, Fingerprint> fingerprints() {
    return done().stream().collect(toMap(one -> one.point().id(), PointRecord::fingerprint));
  }
}
