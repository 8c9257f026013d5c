package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code deploy/submit} does with secrets. */
class LauncherSecretsIT extends LaunchesFakePrograms {
  @Test
  void withTheFileOfASecretAClusterIsSecuredAndNoArgumentHoldsTheSecret() throws Exception {
    String secret = "0123456789abcdef0123456789abcdef";
    Launcher spark = fakeJava().with("SHARDMEAN_SECRET_FILE", secretFile(secret).toString());

    spark.run("train", "--master", "spark://head:7077");

    List<String> words = words();
    for (String setting : Files.readAllLines(Project.ROOT.resolve("conf/security.conf"))) {
      if (setting.startsWith("spark.")) {
        assertTrue(words.contains("-D" + setting.replaceFirst(" +", "=")), words.toString());
      }
    }
    assertFalse(words.toString().contains(secret));
    assertEquals(secret, Files.readString(folder.resolve("secret.seen")));
  }

  @Test
  void aForeignClusterIsUsedAsItIsAndOneLineSaysSo() throws Exception {
    Finished finished = fakeJava().run("train", "--master", "spark://head:7077");

    assertEquals(1, finished.errors().size(), finished.err());
    assertTrue(
        finished
            .err()
            .startsWith("note: spark://head:7077: authentication and encryption are off; to"),
        finished.err());
    assertFalse(words().toString().contains("spark.authenticate"), words().toString());
    assertEquals(
        "",
        fakeJava()
            .with("SHARDMEAN_SECRET_FILE", "none")
            .run("train", "--master", "spark://head:7077")
            .err());
  }

  @Test
  void yarnMakesASecretForEachRunAndALocalRunNeedsNone() throws Exception {
    assertEquals("", fakeJava().run("train", "--master", "yarn").err());
    assertTrue(words().contains("spark.authenticate=true"), words().toString());

    assertEquals("", fakeJava().run("train").err());
    assertFalse(words().toString().contains("spark.authenticate"), words().toString());
  }

  @Test
  void aSecretThatOthersCanReadIsRefused() throws Exception {
    Path open = Files.writeString(folder.resolve("open"), "0123456789abcdef");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    for (String refused : List.of(open.toString(), "nowhere", secretFile("short").toString())) {
      Finished finished =
          fakeJava()
              .with("SHARDMEAN_SECRET_FILE", refused)
              .run("train", "--master", "spark://head:7077");
      assertRefused(refused + ": expected a ", finished);
    }
    assertRefused(
        "expected no secret on a command line",
        launcher.run("train", "--conf", "spark.authenticate.secret=0123456789abcdef"));
  }

  private Path secretFile(String secret) throws IOException {
    Path file = Files.writeString(folder.resolve("secret of " + secret.length()), secret);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
