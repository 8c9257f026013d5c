package org.shardmean.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
  /** An escape sequence in a name could clear the terminal, a line's end forge a second error. */
  @Test
  void charactersThatCannotBeSeenAreShown() {
    Failure failure =
        Failure.of(new EndedException(ExitCode.FAILED, "\u001b[2J: a name\nerror: forged"));

    assertEquals(
        List.of("\u27e8U+001B\u27e9[2J: a name\u27e8U+000A\u27e9error: forged"), failure.lines());
  }

  @Test
  void credentialsAreNotShown() {
    Failure failure =
        Failure.of(new IllegalStateException("no ftp://me:pw@h/x with fs.s3a.secret.key=pw"));

    assertTrue(failure.lines().get(0).contains("no ftp://***@h/x with fs.s3a.secret.key=***"));
  }
}
