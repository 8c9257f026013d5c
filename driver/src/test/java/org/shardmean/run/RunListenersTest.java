package org.shardmean.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunListenersTest {
  private final List<String> heard = new ArrayList<>();

  /** Writes down what it hears. */
  private final class Hearing implements RunListener, AutoCloseable {
    private final String name;

    Hearing(String name) {
      this.name = name;
    }

    @Override
    public void waiting(String whatFor) {
      heard.add(name + " waits for " + whatFor);
    }

    @Override
    public void notice(String notice) {
      heard.add(name + " notices " + notice);
    }

    @Override
    public void close() {
      heard.add(name + " is closed");
    }
  }

  /** Hears nothing without failing. */
  private static final class Failing implements RunListener, AutoCloseable {
    @Override
    public void waiting(String whatFor) {
      throw new IllegalStateException("no ear");
    }

    @Override
    public void close() throws java.io.IOException {
      throw new java.io.IOException("no end");
    }
  }

  @Test
  void theOwnOneHearsFirstAndGuestsInTheirOrder() {
    try (RunListeners all =
        new RunListeners(new Hearing("own"), List.of(new Hearing("a"), new Hearing("b")))) {
      all.waiting("executors");
    }

    assertEquals(
        List.of(
            "own waits for executors",
            "a waits for executors",
            "b waits for executors",
            "a is closed",
            "b is closed"),
        heard);
  }

  @Test
  void aGuestThatFailsHearsNoMoreAndTheOthersHearOn() {
    RunListeners all =
        new RunListeners(new Hearing("own"), List.of(new Failing(), new Hearing("b")));

    all.waiting("one");
    all.waiting("two");

    assertEquals(5, heard.size(), heard.toString());
    assertTrue(heard.get(1).contains("Failing failed and hears no more"), heard.get(1));
    assertTrue(heard.get(1).contains("no ear"), heard.get(1));
    assertEquals("b waits for two", heard.get(4));
  }

  @Test
  void aGuestThatCannotBeClosedIsANotice() {
    new RunListeners(new Hearing("own"), List.of(new Failing(), new Hearing("b"))).close();

    assertEquals(2, heard.size(), heard.toString());
    assertTrue(heard.get(0).contains("no end"), heard.get(0));
    assertEquals("b is closed", heard.get(1));
  }

  @Test
  void theRunsOwnListenerMayStopIt() {
    RunListener own = new Failing();

    assertThrows(
        IllegalStateException.class, () -> new RunListeners(own, List.of()).waiting("executors"));
  }
}
