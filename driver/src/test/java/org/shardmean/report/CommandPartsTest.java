package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class CommandPartsTest {
  @Test
  void anOptionStaysWithItsValue() {
    assertEquals(
        List.of("deploy/submit train", "--rounds-per-epoch 4", "--reshuffle", "--seed 42"),
        parts("deploy/submit train --rounds-per-epoch 4 --reshuffle --seed 42"));
  }

  @Test
  void whatIsQuotedIsNotBroken() {
    assertEquals(
        List.of("train", "--name 'a --b'\\'' --c'", "--seed 1"),
        parts("train --name 'a --b'\\'' --c' --seed 1"));
  }

  @Property
  void joinedByBlanksTheyAreTheCommand(@ForAll @Chars({'a', ' ', '-', '\'', '\\'}) String command) {
    assertEquals(command, String.join(" ", parts(command)));
  }

  private static List<String> parts(String command) {
    return CommandParts.of(command).parts();
  }
}
