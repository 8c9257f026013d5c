package org.shardmean.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one training went.
 *
 * @param settings what it trained with, for people, in order
 * @param preparationSeconds of the clock, before the first step: sending images, warming up
 * @param milestones in the order in which they were reached
 */
public record Course(
    Map<String, String> settings, double preparationSeconds, List<Milestone> milestones) {
  /** One of which nothing is known yet. */
  public static final Course EMPTY = new Course(Map.of(), 0, List.of());

  public Course {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    milestones = List.copyOf(milestones);
  }

  /** Hears of a training as it goes on. */
  public interface Listener {
    /** What it trains with, for people, in order. */
    void trainsWith(Map<String, String> settings);

    /** The first step begins, so many seconds after the clock started. */
    void prepared(double seconds);

    /** A milestone is reached. */
    void passed(Milestone milestone);
  }

  /** The first milestone with the highest accuracy; none without milestones. */
  public Optional<Milestone> best() {
    Milestone best = null;
    for (Milestone milestone : milestones) {
      if (best == null || milestone.accuracy() > best.accuracy()) {
        best = milestone;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Seconds of the soonest milestone with at least this accuracy; empty if there is none. */
  public OptionalDouble secondsTo(double accuracy) {
    return milestones.stream()
        .filter(milestone -> milestone.accuracy() >= accuracy)
        .mapToDouble(Milestone::seconds)
        .min();
  }

  Course withSettings(Map<String, String> others) {
    return new Course(others, preparationSeconds, milestones);
  }

  Course withPreparation(double seconds) {
    return new Course(settings, seconds, milestones);
  }

  Course with(Milestone next) {
    List<Milestone> more = new ArrayList<>(milestones);
    more.add(next);
    return new Course(settings, preparationSeconds, more);
  }
}
