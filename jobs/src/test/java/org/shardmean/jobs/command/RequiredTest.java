package org.shardmean.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shardmean.jobs.model.PredictJob;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Written;

class RequiredTest {
  private static final GivenSettings NOTHING = new GivenSettings(List.of());

  @Test
  void whatAJobCannotDoWithoutIsSaidAllAtOnce() {
    assertEquals(
        List.of(
            "--model: expected a value, found nothing; give --model FILE",
            "--input: expected a value, found nothing; give --input PATH"),
        missing(new PredictJob(), NOTHING));
  }

  @Test
  void whatIsGivenIsNotMissed() {
    GivenSettings given = NOTHING.under(Map.of("model", new Written("model.zip", "--model")));

    assertEquals(
        List.of("--input: expected a value, found nothing; give --input PATH"),
        missing(new PredictJob(), given));
  }

  private static List<String> missing(Job job, GivenSettings given) {
    return assertThrows(ConfigurationException.class, () -> job.run(given)).problems();
  }
}
