package org.shardmean.tests;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunListener;

/**
 * Fills the driver's memory after the first round of epoch 2 and does not give it back. The run
 * waits for its listeners, so the memory is full before the next round begins, on a busy machine
 * too.
 */
public class FullMemory implements RunListener {
  /**
   * Less than a round cannot do without, and less than half a region of G1, which it would look for
   * elsewhere.
   */
  private static final int PIECE = 480 << 10;

  private final List<byte[]> held = new ArrayList<>();

  @Override
  public void roundEnded(RoundRecord round) {
    if (round.epoch() == 2 && round.round() == 1) {
      begin();
      fill(held);
    }
  }

  /** Before the memory is full. */
  void begin() {}

  static void fill(List<byte[]> held) {
    boolean isFull = false;
    while (!isFull) {
      try {
        held.add(new byte[PIECE]);
      } catch (OutOfMemoryError e) {
        isFull = true;
      }
    }
  }

  /** Takes whatever is given back afterwards, too. */
  public static final class Greedy extends FullMemory {
    @Override
    void begin() {
      Thread taker = new Thread(this::take, "takes the memory");
      taker.setDaemon(true);
      taker.start();
    }

    private void take() {
      List<byte[]> taken = new ArrayList<>();
      while (true) {
        fill(taken);
      }
    }
  }
}
