package org.shardmean.checkpoint;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shardmean.data.VisibleText;

/**
 * A driver that claims a run folder.
 *
 * @param name of its claim, another for every claim
 * @param machine tells machines, their boots and their spaces of process numbers apart
 * @param host for people
 * @param process its number on the machine
 * @param started when the process started, as the machine tells it
 * @param owns whether it owns the folder, rather than asking for it
 */
record Claimant(
    String name, String machine, String host, long process, String started, boolean owns) {
  private static final int LONGEST = 200;
  private static final String OWNER = "owner";
  private static final String ASKING = "asking";

  Claimant {
    requireNonNull(name, "name");
    requireNonNull(machine, "machine");
    requireNonNull(host, "host");
    requireNonNull(started, "started");
  }

  /** What is known of a claimant's process. */
  enum Life {
    RUNNING,
    GONE,
    /** It runs on another machine, or its claim cannot be read. */
    UNKNOWN
  }

  /** This process, with a new claim. */
  static Claimant here() {
    ProcessHandle process = ProcessHandle.current();
    String host = hostName();
    String started = started(process);
    return new Claimant(
        "%s-%d-%x"
            .formatted(host.replaceAll("[^A-Za-z0-9.]+", "_"), process.pid(), System.nanoTime()),
        host + line("/proc/sys/kernel/random/boot_id") + processSpace(),
        host,
        process.pid(),
        started,
        false);
  }

  /** The content of its claim. */
  String written(boolean asOwner) {
    return String.join(
        "\n", machine, host, String.valueOf(process), started, asOwner ? OWNER : ASKING, "");
  }

  /**
   * Reads a claim's name and, in the lines that follow, its content. A claim that cannot be read
   * may be anyone's, and may be the owner's.
   */
  static Claimant read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 6 || !lines.get(3).matches("\\d{1,18}")) {
      return new Claimant(lines.isEmpty() ? "" : lines.get(0), "", "another driver", -1, "", true);
    }
    return new Claimant(
        lines.get(0),
        lines.get(1),
        lines.get(2),
        Long.parseLong(lines.get(3)),
        lines.get(4),
        !lines.get(5).equals(ASKING));
  }

  /** Whether its claim could be read. */
  boolean isKnown() {
    return process >= 0;
  }

  /** Whether its process runs, as far as {@code observer} can tell. */
  Life life(Claimant observer) {
    if (!machine.equals(observer.machine)) {
      return Life.UNKNOWN;
    }
    Optional<ProcessHandle> found = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
    return found.isPresent() && started(found.get()).equals(started) ? Life.RUNNING : Life.GONE;
  }

  /** For people. */
  String shown() {
    String whole = !isKnown() ? host : "process %d on %s".formatted(process, host);
    return VisibleText.of(whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST));
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String line(String file) {
    try {
      return "/" + Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Two containers of one machine may have processes of the same number. */
  private static String processSpace() {
    try {
      return "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
