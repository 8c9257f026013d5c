package org.shardmean.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.shardmean.run.ConfigurationException;

/** Which earlier grid a new one is compared with. */
public final class Baseline {
  /** The latest accepted grid that was run alike. */
  public static final String ACCEPTED = "accepted";

  /** No comparison. */
  public static final String NONE = "none";

  private static final int MOST_SHOWN = 5;

  private Baseline() {}

  /**
   * Chooses it; before the grid runs, so that a mistake is found at once.
   *
   * @param wanted {@link #ACCEPTED}, {@link #NONE}, or when a grid of the history began
   * @param history earlier grids of the same name, the oldest first
   * @param planned the new grid's points by their ids
   * @return none when none is wanted, or no grid was accepted yet
   * @throws ConfigurationException when there is no such grid, or only others that were run
   *     otherwise
   */
  public static Optional<PastGrid> choose(
      String wanted, List<PastGrid> history, Map<String, Fingerprint> planned) {
    if (wanted.equals(NONE)) {
      return Optional.empty();
    }
    boolean anyAccepted = wanted.equals(ACCEPTED);
    List<PastGrid> candidates =
        history.stream()
            .filter(grid -> anyAccepted ? grid.isAccepted() : grid.started().equals(wanted))
            .toList();
    if (candidates.isEmpty() && !anyAccepted) {
      throw new ConfigurationException(
          "--baseline: expected %s, %s or when a grid of the history began (%s), found '%s'"
              .formatted(
                  ACCEPTED,
                  NONE,
                  history.isEmpty()
                      ? "it is empty"
                      : shown(history.stream().map(PastGrid::started).toList()),
                  wanted));
    }
    Optional<PastGrid> alike =
        candidates.stream()
            .filter(grid -> differences(planned, grid).isEmpty())
            .reduce((earlier, later) -> later);
    if (alike.isEmpty() && !candidates.isEmpty()) {
      PastGrid latest = candidates.get(candidates.size() - 1);
      throw new ConfigurationException(
          "--baseline %s: expected a grid that was run alike, found that of %s with %s; give --baseline none, or another name to this grid"
              .formatted(wanted, latest.started(), shown(differences(planned, latest))));
    }
    return alike;
  }

  /**
   * Why a grid cannot be compared with an earlier one, a phrase for each reason; empty when it can.
   * Only points that both have count.
   *
   * @param points the later grid's, by their ids; where there is none, nothing differs
   */
  static List<String> differences(Map<String, Fingerprint> points, PastGrid before) {
    Map<String, Fingerprint> then = before.fingerprints();
    Set<String> differences = new LinkedHashSet<>();
    points.forEach(
        (id, now) -> {
          if (then.containsKey(id)) {
            differences.addAll(now.unlike(then.get(id)));
          }
        });
    return points.isEmpty() || points.keySet().stream().anyMatch(then::containsKey)
        ? List.copyOf(differences)
        : List.of("no point in common");
  }

  private static String shown(List<String> phrases) {
    String more = phrases.size() > MOST_SHOWN ? ", ..." : "";
    return String.join(", ", phrases.subList(0, Math.min(MOST_SHOWN, phrases.size()))) + more;
  }
}
