package org.shardmean.jobs.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.shardmean.jobs.Main;
import org.shardmean.settings.GivenSettings;

/** Runs command lines and keeps what they print. */
final class Console {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final SpyJob job;
  private final Map<String, String> environment;

  Console(SpyJob job, Map<String, String> environment) {
    this.job = job;
    this.environment = environment;
  }

  static Console idle() {
    return new Console(new SpyJob(() -> {}), Map.of());
  }

  ExitCode run(String... arguments) {
    return new CommandLineJobs(
            jobs(),
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8))
        .run(List.of(arguments));
  }

  /** The program's own jobs, this one in place of the one of its name. */
  private List<Job> jobs() {
    return Main.JOBS.stream().map(other -> other.name().equals(job.name()) ? job : other).toList();
  }

  GivenSettings given() {
    return job.given();
  }

  String out() {
    return out.toString(UTF_8);
  }

  /** Lines on standard error. */
  List<String> errors() {
    return err.toString(UTF_8).lines().toList();
  }
}
