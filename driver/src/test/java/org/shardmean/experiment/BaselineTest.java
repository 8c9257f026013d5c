package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shardmean.run.ConfigurationException;

class BaselineTest {
  private static final PastGrid FIRST = night(1).withAccepted("the first of its kind");
  private static final PastGrid SECOND = night(2);
  private static final PastGrid THIRD = night(3);
  private static final Map<String, Fingerprint> PLANNED = night(4).fingerprints();

  @Test
  void itIsTheLastAcceptedGridNotTheLatest() {
    assertEquals(Optional.of(FIRST), choose("accepted", FIRST, SECOND, THIRD));
    PastGrid accepted = SECOND.withAccepted("by a person");
    assertEquals(Optional.of(accepted), choose("accepted", FIRST, accepted, THIRD));
  }

  @Test
  void aGridOfTheHistoryCanBeNamed() {
    assertEquals(Optional.of(THIRD), choose(THIRD.started(), FIRST, SECOND, THIRD));
  }

  @Test
  void thereNeedNotBeOne() {
    assertEquals(Optional.empty(), choose("none", FIRST));
    assertEquals(Optional.empty(), choose("accepted"));
    assertEquals(Optional.empty(), choose("accepted", SECOND));
  }

  @Test
  void aMistypedOneIsRefusedWithWhatThereIs() {
    String problem =
        assertThrows(ConfigurationException.class, () -> choose("acepted", FIRST, SECOND))
            .getMessage();

    assertTrue(problem.contains("found 'acepted'"), problem);
    assertTrue(problem.contains(FIRST.started() + ", " + SECOND.started()), problem);
  }

  @Test
  void oneThatWasRunOtherwiseIsRefusedWithTheDifference() {
    PastGrid other = onSlots(FIRST, "16");

    for (String wanted : List.of("accepted", FIRST.started())) {
      String problem =
          assertThrows(ConfigurationException.class, () -> choose(wanted, other, SECOND))
              .getMessage();
      assertTrue(problem.contains(" with task-slots 8 instead of 16; "), problem);
    }
  }

  /** Two clusters may share a history. */
  @Test
  void theLastAcceptedGridThatWasRunAlikeIsTaken() {
    PastGrid elsewhere = onSlots(SECOND, "16").withAccepted("by a person");

    assertEquals(Optional.of(FIRST), choose("accepted", FIRST, elsewhere));
  }

  @Test
  void anotherCommitIsNoHindrance() {
    PastGrid older = Altered.each(FIRST, run -> Altered.withFact(run, Fingerprint.COMMIT, "beef"));

    assertEquals(Optional.of(older), choose("accepted", older));
  }

  @Test
  void gridsWithoutASharedPointCannotBeCompared() {
    PastGrid small = Altered.only(FIRST, run -> run.point().setup().workers() == 1);
    Map<String, Fingerprint> planned =
        Altered.only(night(4), run -> run.point().setup().workers() > 1).fingerprints();

    String problem =
        assertThrows(
                ConfigurationException.class,
                () -> Baseline.choose("accepted", List.of(small), planned))
            .getMessage();
    assertTrue(problem.contains(" with no point in common; "), problem);
  }

  private static PastGrid night(int number) {
    return SampleGrids.grid("2026-01-0" + number + "T02:00:00Z", number, 1);
  }

  private static PastGrid onSlots(PastGrid grid, String slots) {
    return Altered.each(grid, run -> Altered.withFact(run, Fingerprint.SLOTS, slots));
  }

  private static Optional<PastGrid> choose(String wanted, PastGrid... history) {
    return Baseline.choose(wanted, List.of(history), PLANNED);
  }
}
