package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.ParameterLayout;

class ExcitingImagesTest {
  private static final List<byte[]> IMAGES =
      List.of(new byte[] {(byte) 200, 0}, new byte[] {0, (byte) 255}, new byte[] {100, 100});

  @Test
  void theLargestWeightedSumComesFirst() {
    ParameterLayout layout = new ParameterLayout(new ModelSpec(List.of(2, 3, 2), Activation.RELU));
    float[] parameters = new float[layout.size()];
    parameters[layout.weight(0, 0, 0)] = 1;
    parameters[layout.weight(0, 1, 1)] = 1;
    parameters[layout.weight(0, 0, 2)] = -1;

    assertEquals(
        List.of(List.of(0, 2, 1), List.of(1, 2, 0), List.of(1, 2, 0)),
        ExcitingImages.of(layout, parameters, IMAGES, 10).perUnit());
    assertEquals("[[0, 2, 1]]", ExcitingImages.of(layout, parameters, IMAGES, 1).json());
  }

  @Test
  void aSumThatIsNoNumberIsLeftOut() {
    ParameterLayout layout = new ParameterLayout(new ModelSpec(List.of(2, 1, 2), Activation.RELU));
    float[] parameters = new float[layout.size()];
    parameters[0] = Float.NaN;

    assertEquals("[[]]", ExcitingImages.of(layout, parameters, IMAGES, 10).json());
    assertEquals("[[]]", ExcitingImages.of(layout, parameters, List.of(), 10).json());
  }

  @Test
  void ofLargeImagesFewUnitsAreLookedAt() {
    ParameterLayout layout =
        new ParameterLayout(new ModelSpec(List.of(40_000, 100, 2), Activation.RELU));
    List<byte[]> images = Collections.nCopies(300, new byte[40_000]);

    int units = ExcitingImages.of(layout, new float[layout.size()], images, 100).perUnit().size();
    assertTrue(units > 0 && units < 20, "units: " + units);
  }
}
