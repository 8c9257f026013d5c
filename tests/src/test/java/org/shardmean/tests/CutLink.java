package org.shardmean.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace, which is a machine as far as the network knows, and the link to it, which
 * can be cut. Only root can make one.
 */
final class CutLink implements AutoCloseable {
  /** This side's address; it stays when the other side is cut off. */
  static final String HERE = "10.213.77.1";

  private static final String THERE = "10.213.77.2";
  private static final String BITS = "/30";
  private static final long LONGEST_SECONDS = 30;

  private final String name;

  private CutLink(String name) {
    this.name = name;
  }

  /** Makes one, or skips the test where that needs rights that this user does not have. */
  static CutLink makeOrSkip() {
    Installed.orSkip("ip");
    String name = "shardmean" + ProcessHandle.current().pid() % 100_000;
    assumeTrue(isDone("ip", "netns", "add", name), "only root can make a network namespace");
    CutLink link = new CutLink(name);
    try {
      link.connect();
      return link;
    } catch (RuntimeException | AssertionError e) {
      link.close();
      throw e;
    }
  }

  private void connect() {
    run("ip", "link", "add", name, "type", "veth", "peer", "name", "far", "netns", name);
    run("ip", "address", "add", HERE + BITS, "dev", name);
    run("ip", "link", "set", name, "up");
    runThere("ip", "address", "add", THERE + BITS, "dev", "far");
    runThere("ip", "link", "set", "lo", "up");
    restore();
  }

  /** The machine at the other end. */
  StandaloneCluster.Machine machine() {
    return StandaloneCluster.Machine.at(THERE).behind("ip", "netns", "exec", name);
  }

  /** Nothing comes through, and nobody is told: as with a cable or a switch. */
  void cut() {
    runThere("ip", "link", "set", "far", "down");
  }

  /** Undoes {@link #cut}. */
  void restore() {
    runThere("ip", "link", "set", "far", "up");
  }

  private void runThere(String... command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(List.of(command));
    run(all.toArray(String[]::new));
  }

  private static void run(String... command) {
    if (!isDone(command)) {
      throw new AssertionError(String.join(" ", command) + " failed");
    }
  }

  private static boolean isDone(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes both ends. */
  @Override
  public void close() {
    isDone("ip", "link", "delete", name);
    isDone("ip", "netns", "delete", name);
  }
}
