package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.shardmean.report.Message;
import org.shardmean.report.Texts;

/**
 * Which of the measured setups to use, and how sure that is. They are compared by the time to the
 * target accuracy where some setup reached it in every run, else by the time an image takes.
 *
 * @param conclusion what can be concluded
 * @param choice the setup to use; none where it cannot be told
 * @param message all of it in words
 */
public record Recommendation(Conclusion conclusion, Optional<Option> choice, Message message) {
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

    /** {@code 8 workers (batch-size 64)}. */
    String described(Texts t, Across across) {
      return named(t, across.counted(t, count));
    }

    /** {@code with 8 workers (batch-size 64)}. */
    String with(Texts t, Across across) {
      return named(t, across.with(t, count));
    }

    private String named(Texts t, String counted) {
      return name.isEmpty() ? counted : t.text("said.named", counted, name);
    }
  }

  public Recommendation {
    requireNonNull(conclusion, "conclusion");
    requireNonNull(choice, "choice");
    requireNonNull(message, "message");
  }

  /** All of it in words. */
  public String sentence(Texts t) {
    return message.in(t);
  }

  /**
   * Recommends.
   *
   * @param measured setups with at least one run that ended
   * @param across what the options count
   */
  public static Recommendation of(List<Option> measured, Across across) {
    boolean toTarget = measured.stream().anyMatch(Option::alwaysReachesTheTarget);
    List<Option> options =
        measured.stream().filter(one -> !toTarget || one.alwaysReachesTheTarget()).toList();
    if (options.stream().mapToInt(Option::count).distinct().count() > 1) {
      return new FewAndMany(options, across, toTarget).recommendation(measured.size());
    }
    return new Recommendation(
        Conclusion.NOTHING_TO_COMPARE,
        Optional.empty(),
        t -> nothingToCompare(t, across, options, measured.size()));
  }

  private static String nothingToCompare(
      Texts t, Across across, List<Option> options, int measured) {
    if (options.isEmpty()) {
      return t.text("said.noRunEnded");
    }
    int count = options.get(0).count();
    return options.size() < measured
        ? t.text("said.onlyReached", across.with(t, count))
        : t.text("said.allAlike", across.counted(t, count));
  }
}
