package org.shardmean.tests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password in an address, or in a setting, is in nothing that a run prints or writes. */
class RedactionIT {
  private static final String PASSWORD = "open-sesame";
  private static final String HOST = "halting://ali:" + PASSWORD + "@host";

  @TempDir private Path folder;

  @Test
  void aRunWhoseFolderHasAPasswordInItsAddressKeepsItToItself() throws Exception {
    Path run = folder.resolve("run");
    Finished trained =
        run("--data=generated:600", "--epochs=2", "--workers=2", "--out=" + HOST + run);

    assertEquals(0, trained.exitCode(), trained.err());
    assertUnsaid(trained);
    assertTrue(trained.out().contains("halting://***@host" + run), trained.out());
    try (Stream<Path> files = Files.walk(run)) {
      List<Path> written = files.filter(Files::isRegularFile).toList();
      assertTrue(written.size() > TrainedRun.FILES.size(), written.toString());
      for (Path file : written) {
        assertFalse(Files.readString(file, ISO_8859_1).contains(PASSWORD), file.toString());
      }
    }
    assertUnsaid(run("--epochs=1", "--seed=7", "--out=" + HOST + run));
  }

  @Test
  void anErrorDoesNotSayIt() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    for (String wrong :
        List.of(
            "--resume=" + HOST + nowhere,
            "--data=" + HOST + nowhere,
            "--data=ftp://ali:" + PASSWORD + "@127.0.0.1:9/digits",
            "--config=" + HOST + nowhere,
            "--epochs=" + HOST)) {
      Finished refused = run(wrong, "--stacktrace");

      assertTrue(refused.exitCode() != 0, wrong);
      assertUnsaid(refused);
    }
  }

  private static void assertUnsaid(Finished finished) {
    assertFalse(finished.out().contains(PASSWORD), finished.out());
    assertFalse(finished.err().contains(PASSWORD), finished.err());
  }

  private Finished run(String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--master=local[2]",
                "--conf=spark.hadoop.fs.s3a.secret.key=" + PASSWORD,
                "--conf=spark.hadoop.fs.halting.impl=" + HaltingFiles.class.getName(),
                "--conf=spark.driver.extraClassPath=" + Project.TEST_CLASSES));
    arguments.addAll(List.of(options));
    return new Launcher(folder).run(arguments.toArray(String[]::new));
  }
}
