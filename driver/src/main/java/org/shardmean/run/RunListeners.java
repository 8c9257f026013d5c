package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A run's own listener and guests: whoever else wants to hear of it. What only informs never stops
 * a run: a guest that throws anything hears no more, and the run's own listener is told so in a
 * notice. The guests that can be closed are closed with this.
 */
public final class RunListeners implements RunListener, AutoCloseable {
  private final RunListener own;
  private final List<RunListener> guests;

  /**
   * @param own hears of everything first
   * @param guests in the order in which they hear
   */
  public RunListeners(RunListener own, List<? extends RunListener> guests) {
    this.own = requireNonNull(own, "own");
    this.guests = new CopyOnWriteArrayList<>(guests);
  }

  @Override
  public void waiting(String whatFor) {
    tell(listener -> listener.waiting(whatFor));
  }

  @Override
  public void started(RunConfig config, DataRecord data, Environment environment) {
    tell(listener -> listener.started(config, data, environment));
  }

  @Override
  public void roundEnded(RoundRecord round) {
    tell(listener -> listener.roundEnded(round));
  }

  @Override
  public void epochEnded(EpochRecord epoch) {
    tell(listener -> listener.epochEnded(epoch));
  }

  @Override
  public void disturbed(RunEvent event) {
    tell(listener -> listener.disturbed(event));
  }

  @Override
  public void notice(String notice) {
    tell(listener -> listener.notice(notice));
  }

  @Override
  public void close() {
    for (RunListener guest : guests) {
      if (guest instanceof AutoCloseable closeable) {
        guarded(guest, listener -> close(closeable));
      }
    }
    guests.clear();
  }

  private static void close(AutoCloseable guest) {
    try {
      guest.close();
    } catch (Exception e) {
      throw new IllegalStateException(Problem.of(e), e);
    }
  }

  private void tell(Consumer<RunListener> what) {
    what.accept(own);
    for (RunListener guest : guests) {
      guarded(guest, what);
    }
  }

  private void guarded(RunListener guest, Consumer<RunListener> what) {
    try {
      what.accept(guest);
    } catch (RuntimeException | LinkageError e) {
      guests.remove(guest);
      own.notice(
          "%s failed and hears no more of the run: %s"
              .formatted(guest.getClass().getName(), Problem.of(e)));
    }
  }
}
