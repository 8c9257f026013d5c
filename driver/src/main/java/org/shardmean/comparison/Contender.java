package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Stream;
import org.shardmean.report.Texts;

/**
 * One that took part in a comparison.
 *
 * @param id such as {@code mllib}
 * @param title its name, for people
 * @param course how far it came
 * @param problem why it could not run, or not to its end; empty if it ended well
 */
public record Contender(String id, String title, Course course, Optional<String> problem) {
  private static final String OURS = "shardmean";
  private static final String OURS_AGAIN = "shardmean-again";

  public Contender {
    requireNonNull(id, "id");
    requireNonNull(title, "title");
    requireNonNull(course, "course");
    requireNonNull(problem, "problem");
  }

  /** Shardmean, which comes first, when the driver's JVM has just started. */
  static Contender ours(Course course, Optional<String> problem) {
    return new Contender(OURS, "Shardmean", course, problem);
  }

  /** The same once more, after all others. */
  Contender again() {
    return new Contender(OURS_AGAIN, "Shardmean again (warm)", course, problem);
  }

  /** Its name in a language. */
  String title(Texts t) {
    if (id.equals(OURS_AGAIN)) {
      return t.text("said.shardmeanAgain");
    }
    return Stream.of(Rival.values())
        .filter(rival -> rival.id().equals(id))
        .findFirst()
        .map(rival -> rival.title(t))
        .orElse(title);
  }

  /** Whether this is Shardmean, the first time. */
  public boolean isOurs() {
    return id.equals(OURS);
  }

  /** Whether this is one of those that Shardmean is compared with. */
  public boolean isRival() {
    return !isOurs() && !id.equals(OURS_AGAIN);
  }
}
