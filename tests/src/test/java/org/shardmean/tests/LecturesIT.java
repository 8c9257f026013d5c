package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of {@code docs/lectures.md}, as it stands there. Trainings and grids use 600
 * generated digits in place of MNIST, so that they take seconds instead of minutes. Their accuracy
 * is therefore not tested here, but in {@code LecturePresetIT}.
 */
class LecturesIT {
  private static final Path DOCUMENT = Project.ROOT.resolve("docs/lectures.md");
  private static final Path GRIDS = Project.ROOT.resolve("conf/experiments/lecture");
  private static final Pattern COMMAND = Pattern.compile("deploy/submit ([^`\n]+)");
  private static final String FEW_DIGITS = "generated:600";

  @TempDir private Path folder;

  static Set<String> commands() throws IOException {
    Matcher matcher = COMMAND.matcher(Files.readString(DOCUMENT));
    return matcher
        .results()
        .map(found -> found.group(1).strip())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandOfTheLecturesWorks(String command) throws Exception {
    List<String> words = words(command);
    if (List.of("report", "watch").contains(words.get(0))) {
      trainWhatIsRead(words);
    }
    if (words.get(0).equals("watch")) {
      assertShowsTheRun(new Launcher(folder).of(words.toArray(String[]::new)));
      return;
    }
    switch (words.get(0)) {
      case "grid" -> words.set(1, withFewDigits(words.get(1)));
      case "train" -> words.addAll(List.of("--data", FEW_DIGITS));
      default -> {}
    }

    Finished ended = new Launcher(folder).run(words.toArray(String[]::new));

    assertEquals(0, ended.exitCode(), ended.err());
    if (!words.get(0).equals("inspect")) {
      Matcher report =
          Pattern.compile("(?m)^[^:\\uff1a]+[:\\uff1a] ?(.*\\.html)$").matcher(ended.out());
      assertTrue(report.find(), ended.out());
      assertTrue(Files.exists(folder.resolve(report.group(1))), report.group(1));
    }
  }

  private static List<String> words(String command) {
    return new ArrayList<>(List.of(command.split(" +", -1)));
  }

  /** It goes on until a browser has been told that the run has ended. */
  private static void assertShowsTheRun(ProcessBuilder watch) throws Exception {
    try (LoggingProcess server = new LoggingProcess(watch, WatchIT.ADDRESS)) {
      String address = server.awaitReady().group(1);
      assertTrue(WatchIT.body(address + "state.json").startsWith("{\"state\":\"ended\""));
      assertTrue(WatchIT.body(address + "report.html").contains("Shardmean run report"));
      assertEquals(0, server.exitCode(), server.log());
    }
  }

  /** The runs of the document that a command names. */
  private void trainWhatIsRead(List<String> reader) throws Exception {
    for (String command : commands()) {
      List<String> words = words(command);
      int out = words.indexOf("--out");
      if (words.get(0).equals("train") && out > 0 && reader.contains(words.get(out + 1))) {
        words.addAll(List.of("--data", FEW_DIGITS));
        Finished trained = new Launcher(folder).run(words.toArray(String[]::new));
        assertEquals(0, trained.exitCode(), trained.err());
      }
    }
  }

  @Test
  void everyGridOfTheLecturesIsInTheDocument() throws IOException {
    Set<String> commands = commands();
    try (Stream<Path> grids = Files.list(GRIDS)) {
      for (Path grid : grids.toList()) {
        String command = "grid " + Project.ROOT.relativize(grid);
        assertTrue(commands.contains(command), command);
        assertTrue(Files.readString(grid).contains("deploy/submit " + command), "its own command");
      }
    }
  }

  /** A section once stood there twice, with other figures, and nobody saw it. */
  @Test
  void noSectionStandsTwice() throws IOException {
    List<String> headings =
        Files.readString(DOCUMENT).lines().filter(line -> line.startsWith("## ")).toList();
    assertEquals(headings.size(), Set.copyOf(headings).size(), headings.toString());
  }

  /** A copy of a grid's file that names other data. */
  private String withFewDigits(String file) throws IOException {
    Path grid = Project.ROOT.resolve(file);
    String text = Files.readString(grid) + "\ndata = " + FEW_DIGITS + "\n";
    return Files.writeString(folder.resolve(String.valueOf(grid.getFileName())), text).toString();
  }
}
