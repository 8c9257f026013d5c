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
    Spread errors = model().rounds().errors();

    assertEquals(9, errors.count());
    assertTrue(errors.most() <= 0.12, "largest error " + errors.most());
  }

  @Test
  void twoSetupsAreTooFew() {
    List<PointRecord> points = RecordedGrid.rounds();
    List<String> setups =
        points.stream().map(point -> point.point().setup().id()).distinct().limit(2).toList();

    assertEquals(
        List.of(),
        ClusterModel.of(
            points.stream().filter(point -> setups.contains(point.point().setup().id())).toList()));
  }

  private static ClusterModel model() {
    List<ClusterModel> models = ClusterModel.of(RecordedGrid.rounds());
    assertEquals(1, models.size());
    return models.get(0);
  }
}
