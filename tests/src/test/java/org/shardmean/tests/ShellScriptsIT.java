package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellScriptsIT {
  @TempDir Path folder;

  @Test
  void shellcheckFindsNothing() throws Exception {
    List<String> command = new ArrayList<>(List.of(Installed.orSkip("shellcheck").toString()));
    Scripts.all().forEach(script -> command.add(script.toString()));

    Finished finished = Finished.of(new ProcessBuilder(command), folder);

    assertEquals("", finished.out() + finished.err());
    assertEquals(0, finished.exitCode());
  }
}
