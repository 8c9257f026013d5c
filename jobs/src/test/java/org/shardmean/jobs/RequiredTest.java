package org.shardmean.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Written;

class RequiredTest {
  private static final GivenSettings NOTHING = new GivenSettings(List.of());

  @Test
  void whatAJobCannotDoWithoutIsSaidAllAtOnce() {
    assertEquals(
        List.of(
            "--grid: expected, found nothing; give --grid FILE",
            "--out: expected, found nothing; give --out DIR"),
        missing(new StudyJob(), NOTHING));
    assertEquals(
        List.of("--grid: expected, found nothing; give --grid FILE"),
        missing(new ScalingJob(), NOTHING));
  }

  @Test
  void whatIsGivenIsNotMissed() {
    GivenSettings given = NOTHING.under(Map.of("workers", new Written("8", "--workers")));

    assertEquals(
        List.of(
            "--from: expected, found nothing; give --from DIR",
            "--images: expected, found nothing; give --images N"),
        missing(new PredictScalingJob(), given));
  }

  private static List<String> missing(Job job, GivenSettings given) {
    return assertThrows(ConfigurationException.class, () -> job.run(given)).problems();
  }
}
