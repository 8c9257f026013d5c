package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line in parts that stay together where the line is broken: the program and its job,
 * then each option with its value. Joined by blanks they are the command, to the character.
 */
record CommandParts(List<String> parts) {
  CommandParts {
    parts = List.copyOf(parts);
  }

  /** Breaks before every {@code --} that stands after a blank outside of quotes. */
  static CommandParts of(String command) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean isQuoted = false;
    for (int at = 0; at < command.length(); at++) {
      char c = command.charAt(at);
      if (c == '\\' && !isQuoted) {
        at++;
      } else if (c == '\'') {
        isQuoted = !isQuoted;
      } else if (c == ' ' && !isQuoted && command.startsWith("--", at + 1)) {
        parts.add(command.substring(start, at));
        start = at + 1;
      }
    }
    parts.add(command.substring(start));
    return new CommandParts(parts);
  }
}
