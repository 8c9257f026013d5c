package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts run on macOS' bash 3.2 too. There, {@code "${array[@]}"} of an empty array ends a
 * script under {@code set -u}.
 */
class ShellScriptsTest {
  /** All elements of an array, in quotes. */
  private static final Pattern ELEMENTS = Pattern.compile("\"\\$\\{(\\w+)\\[@]}\"");

  /** Features newer than bash 3.2, and options that the programs of macOS lack. */
  private static final Pattern TOO_NEW =
      Pattern.compile(
          String.join(
              "|",
              "\\b(mapfile|readarray|coproc)\\b",
              "\\b(declare|local|typeset|readonly)\\s+-[a-zA-Z]*[Anlug]",
              "\\bwait\\s+-[np]\\b",
              "\\$\\{\\w+(\\[[^]]*])?(\\^|,)",
              "\\$\\{\\w+(\\[[^]]*])?@[A-Za-z]}",
              "\\[-\\d+]",
              "\\[\\[ -v ",
              "&>>|\\|&|;&|;;&",
              "\\$\\{?(EPOCHSECONDS|EPOCHREALTIME|BASHPID|SRANDOM)\\b",
              "\\bexec \\{\\w+}",
              "\\bprintf\\s+(-v \\w+\\s+)?'?\"?%\\(",
              "\\bshopt -s (globstar|lastpipe|inherit_errexit)",
              "\\breadlink -f\\b",
              "\\bsed -i\\b",
              "\\bgrep -P\\b"));

  @Test
  void anEmptyArrayEndsNoScript() throws IOException {
    for (Path script : Scripts.all()) {
      assertEquals(List.of(), unguarded(Files.readString(script)), script.toString());
    }
  }

  @Test
  void nothingIsNewerThanBash32() throws IOException {
    assertTrue(Scripts.all().size() > 5);
    for (Path script : Scripts.all()) {
      assertEquals(List.of(), tooNew(Files.readString(script)), script.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run \"${words[@]}\"                       | 1",
        "run ${words[@]+\"${words[@]}\"}           | 0",
        "run ${other[@]+\"${words[@]}\"}           | 1",
        "run ${a[@]+\"${a[@]}\"} \"${b[@]}\"       | 1",
        "run \"${@:2}\" \"$@\" ${#words[@]}        | 0",
      })
  void arraysWithoutGuardAreFound(String line, int expected) {
    assertEquals(expected, unguarded(line).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mapfile -t lines",
        "declare -A map",
        "local -n name=$1",
        "wait -n",
        "echo ${name^^}",
        "echo ${name,,}",
        "echo ${last[-1]}",
        "echo ${name@Q}",
        "run &>>log",
        "[[ -v name ]]",
        "readlink -f x"
      })
  void whatBash32LacksIsFound(String line) {
    assertEquals(1, tooNew(line).size());
  }

  private static List<String> unguarded(String script) {
    List<String> found = new ArrayList<>();
    Matcher elements = ELEMENTS.matcher(script);
    while (elements.find()) {
      String guard = "${" + elements.group(1) + "[@]+";
      if (!script.substring(0, elements.start()).endsWith(guard)) {
        found.add(elements.group());
      }
    }
    return found;
  }

  private static List<String> tooNew(String script) {
    return script.lines().filter(line -> TOO_NEW.matcher(line).find()).toList();
  }
}
