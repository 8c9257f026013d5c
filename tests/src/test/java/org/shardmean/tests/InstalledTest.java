package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class InstalledTest {
  @TempDir Path folder;

  @Test
  void aProgramOnThePathIsFound() throws Exception {
    Path program = Files.createFile(folder.resolve("drill"));
    assertTrue(program.toFile().setExecutable(true));

    assertEquals(
        program,
        Installed.orSkip(
            List.of("auger", "drill"), Map.of("PATH", "/nowhere:" + folder, "CI", "true")));
  }

  @Test
  void aMissingProgramSkipsTheTestOnAPrivateMachineAndFailsItInCi() {
    String path = folder.toString();

    assertThrows(
        TestAbortedException.class, () -> Installed.orSkip(List.of("drill"), Map.of("PATH", path)));
    assertThrows(
        AssertionFailedError.class,
        () -> Installed.orSkip(List.of("drill"), Map.of("PATH", path, "CI", "true")));
  }
}
