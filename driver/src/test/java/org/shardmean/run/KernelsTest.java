package org.shardmean.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final String ALIKE = "Intel(R) Xeon(R) (SkylakeX); AMD EPYC 9 (SkylakeX)";
  private static final String MIXED = "Intel(R) Xeon(R) (SkylakeX); AMD EPYC 7 (Haswell)";

  private final List<String> notices = new ArrayList<>();
  private final RunListener listener =
      new RunListener() {
        @Override
        public void notice(String notice) {
          notices.add(notice);
        }
      };

  @Test
  void processorsWithTheSameKernelsAreAlike() {
    assertEquals(Set.of("SkylakeX"), Kernels.in(ALIKE));
    Kernels.check(on(ALIKE), true, listener);
    Kernels.check(on(ALIKE), false, listener);

    assertEquals(List.of(), notices);
  }

  @Test
  void aMixtureIsAWarningThatNamesTheSetting() {
    Kernels.check(on(MIXED), false, listener);

    assertEquals(1, notices.size());
    assertTrue(notices.get(0).contains("Haswell, SkylakeX"), notices.get(0));
    assertTrue(notices.get(0).contains("OPENBLAS_CORETYPE="), notices.get(0));
  }

  @Test
  void withSameBitsItIsRefused() {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> Kernels.check(on(MIXED), true, listener));

    assertEquals(1, refused.problems().size());
    assertTrue(refused.problems().get(0).startsWith("--same-bits: "), refused.getMessage());
    assertEquals(List.of(), notices);
  }

  private static Environment on(String processor) {
    return new Environment("java", "3.5", "1", "local[2]", 0, 2, "Linux", processor, "unknown");
  }
}
