package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.shardmean.run.Sentence;

/**
 * Which of the measured setups to use, and how sure that is. They are compared by the time to the
 * target accuracy where some setup reached it in every run, else by the time an image takes.
 *
 * @param conclusion what can be concluded
 * @param choice the setup to use; none where it cannot be told
 * @param sentence all of it in plain English
 */
public record Recommendation(Conclusion conclusion, Optional<Option> choice, String sentence) {
  /** What a recommendation may come to. */
  public enum Conclusion {
    MORE_ARE_FASTER,
    MORE_ARE_NOT_FASTER,
    CANNOT_TELL,
    NOTHING_TO_COMPARE
  }

  /**
   * A measured setup.
   *
   * @param name what it has beside its workers (or cores), such as {@code batch-size 64}; may be
   *     empty
   * @param count workers, or cores where those vary
   * @param cores task slots it had
   * @param secondsToTarget of each run, infinite for one that never reached the target; empty where
   *     there is no target; copied
   * @param secondsPerImage of each run, evaluations included; at least one; copied
   * @param accuracy of each run after its last epoch, 0 to 1; copied
   */
  public record Option(
      String name,
      int count,
      int cores,
      double[] secondsToTarget,
      double[] secondsPerImage,
      double[] accuracy) {
    public Option {
      requireNonNull(name, "name");
      secondsToTarget = secondsToTarget.clone();
      secondsPerImage = secondsPerImage.clone();
      accuracy = accuracy.clone();
      if (secondsPerImage.length == 0 || accuracy.length != secondsPerImage.length) {
        throw new IllegalArgumentException(
            "an option needs a time and an accuracy of each run, found %d and %d"
                .formatted(secondsPerImage.length, accuracy.length));
      }
    }

    boolean alwaysReachesTheTarget() {
      return secondsToTarget.length > 0
          && Arrays.stream(secondsToTarget).allMatch(Double::isFinite);
    }

    String described(String what) {
      return Sentence.counted(count, what) + (name.isEmpty() ? "" : " (" + name + ")");
    }
  }

  public Recommendation {
    requireNonNull(conclusion, "conclusion");
    requireNonNull(choice, "choice");
    requireNonNull(sentence, "sentence");
  }

  /**
   * Recommends.
   *
   * @param measured setups with at least one run that ended
   * @param what the options count: {@code worker} or {@code core}
   */
  public static Recommendation of(List<Option> measured, String what) {
    boolean toTarget = measured.stream().anyMatch(Option::alwaysReachesTheTarget);
    List<Option> options =
        measured.stream().filter(one -> !toTarget || one.alwaysReachesTheTarget()).toList();
    if (options.stream().mapToInt(Option::count).distinct().count() > 1) {
      return new FewAndMany(options, what, toTarget).recommendation(measured.size());
    }
    String why =
        options.isEmpty()
            ? "No run ended, so there is nothing to recommend."
            : options.size() < measured.size()
                ? "Only setups with %s reached the target accuracy in every run."
                    .formatted(Sentence.counted(options.get(0).count(), what))
                : "All setups have %s, so more and fewer cannot be compared."
                    .formatted(Sentence.counted(options.get(0).count(), what));
    return new Recommendation(Conclusion.NOTHING_TO_COMPARE, Optional.empty(), why);
  }
}
