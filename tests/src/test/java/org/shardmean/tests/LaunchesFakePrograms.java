package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of {@code deploy/submit} from outside, in a folder of their own; a Java and a Spark that
 * only note what they get may take the place of the real ones.
 */
abstract class LaunchesFakePrograms {
  @TempDir Path folder;
  Launcher launcher;

  @BeforeEach
  void standSomewhereElse() {
    launcher = new Launcher(folder);
  }

  /** An installed Spark as far as the launcher looks; it prints what it gets, a word a line. */
  Launcher installedSpark() throws IOException {
    return launcher.with("SPARK_HOME", sparkHome());
  }

  String sparkHome() throws IOException {
    script("spark/bin/spark-submit", "printf '%s\\n' \"$@\"");
    Files.createSymbolicLink(folder.resolve("spark/jars"), Project.SPARK_JARS);
    return folder.resolve("spark").toString();
  }

  /** A Java 17 as far as the launcher looks; it only notes its arguments, for {@link #words}. */
  Launcher fakeJava() throws IOException {
    Path java =
        script(
            "jdk17/bin/java",
            "printf '%s\\n' \"$@\" > words; printf %s \"$_SPARK_AUTH_SECRET\" > secret.seen");
    Path home = java.getParent().getParent();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    return launcher.with("JAVA_HOME", home.toString());
  }

  /** The arguments of the fake Java. */
  List<String> words() throws IOException {
    return Files.readAllLines(folder.resolve("words"));
  }

  static String last(List<String> words, String start) {
    return words.stream().filter(word -> word.startsWith(start)).reduce("", (a, b) -> b);
  }

  Path script(String name, String body) throws IOException {
    Path script = folder.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  static void assertRefused(String reason, Finished finished) {
    assertEquals(2, finished.exitCode(), finished.err());
    assertEquals(1, finished.errors().size(), finished.err());
    assertTrue(finished.err().contains(reason), finished.err());
  }
}
