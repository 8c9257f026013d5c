package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.statistics.Spread;

class ClusterModelTest {
  /** Nine setups that were measured: each in turn predicted from the other eight. */
  @Test
  void predictsWhatWasMeasuredWithoutHavingSeenIt() {
    Spread errors = model().heldOut().orElseThrow();

    assertTrue(errors.most() <= 0.20, "largest error " + errors.most());
  }

  private static ClusterModel model() {
    List<ClusterModel> models = ClusterModel.of(RecordedGrid.rounds());
    assertEquals(1, models.size());
    return models.get(0);
  }
}
