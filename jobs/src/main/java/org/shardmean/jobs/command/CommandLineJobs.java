package org.shardmean.jobs.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shardmean.data.Redacted;
import org.shardmean.run.BuildInfo;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.NearestName;
import org.shardmean.settings.Setting;
import org.shardmean.settings.Written;

/** Runs the job that a command line names, and says how it went. */
public final class CommandLineJobs {
  private final List<Job> jobs;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  public CommandLineJobs(
      List<Job> jobs, Map<String, String> environment, PrintStream out, PrintStream err) {
    this.jobs = List.copyOf(jobs);
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  public ExitCode run(List<String> arguments) {
    try {
      return arguments.isEmpty() ? noJob() : run(arguments.get(0), arguments);
    } catch (Throwable thrown) {
      return report(thrown, arguments);
    }
  }

  private ExitCode run(String name, List<String> arguments) throws Exception {
    if (name.equals("--help") || name.equals("-h")) {
      out.print(help());
      out.flush();
      return ExitCode.DONE;
    }
    if (name.equals("--version")) {
      out.println("shardmean " + BuildInfo.read());
      return ExitCode.DONE;
    }
    Job job = find(name).orElseThrow(() -> unknownJob(name));
    return run(job, arguments.subList(1, arguments.size()));
  }

  private ExitCode run(Job job, List<String> arguments) throws Exception {
    List<String> problems = new ArrayList<>();
    SettingLayers files = new SettingLayers(allNames());
    List<Map<String, Written>> defaults = files.defaults(environment, problems);
    JobCommand command = new JobCommand(job);
    JobCommand.Parsed parsed = command.parse(arguments);
    if (parsed.helpAsked()) {
      out.print(command.help(merged(defaults)));
      out.flush();
      return ExitCode.DONE;
    }
    problems.addAll(parsed.problems());
    List<Map<String, Written>> asked = new ArrayList<>(List.of(parsed.settings()));
    Written config = parsed.settings().get(GeneralSettings.CONFIG.name());
    if (config != null) {
      asked.add(files.config(config, problems));
    }
    GivenSettings given = new GivenSettings(asked, defaults);
    problems.addAll(given.problems(job.settings()));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    job.run(given);
    return ExitCode.DONE;
  }

  private ExitCode report(Throwable thrown, List<String> arguments) {
    Failure failure = Failure.of(MemoryWatch.reason(thrown));
    failure.print(err);
    MemoryWatch.told();
    if (arguments.contains(GeneralSettings.STACKTRACE.option())) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      err.print(Redacted.of(trace.toString()));
    }
    return failure.code();
  }

  private ExitCode noJob() {
    err.print(help());
    err.flush();
    return ExitCode.CONFIGURATION;
  }

  private ConfigurationException unknownJob(String name) {
    List<String> names = jobs.stream().map(Job::name).toList();
    return new ConfigurationException(
        "'%s': expected a job, one of %s%s; see deploy/submit --help"
            .formatted(
                name,
                String.join(", ", names),
                NearestName.of(name, names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("")));
  }

  private Optional<Job> find(String name) {
    return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
  }

  private Set<String> allNames() {
    return jobs.stream()
        .flatMap(job -> job.settings().stream())
        .flatMap(group -> group.settings().stream())
        .map(Setting::name)
        .collect(Collectors.toSet());
  }

  /** For every name what the strongest layer says. */
  private static Map<String, Written> merged(List<Map<String, Written>> layers) {
    return layers.stream()
        .flatMap(layer -> layer.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, later) -> first));
  }

  private String help() {
    Stream<String> lines =
        Stream.of(
                Stream.of(
                    "Usage: deploy/submit JOB [options]",
                    "Trains dense networks by parameter averaging on Apache Spark.",
                    "",
                    "Jobs (deploy/submit JOB --help says more)"),
                jobs.stream().map(job -> "  %-16s %s".formatted(job.name(), job.summary())),
                Stream.of(
                    "",
                    "Spark's options, anywhere on the line",
                    "  --master URL             where it runs; default local[*]",
                    "  --conf KEY=VALUE, --properties-file FILE, --deploy-mode MODE,",
                    "  --driver-memory SIZE, --executor-memory SIZE, --num-executors N,",
                    "  --executor-cores N, --total-executor-cores N, --queue NAME, --files LIST",
                    "",
                    "Examples",
                    "  deploy/submit train",
                    "  deploy/submit train --workers 8 --epochs 20 --out runs/eight",
                    "  deploy/submit train --master spark://head:7077 --executor-memory 4g",
                    "",
                    "Exit codes"),
                ExitCode.lines())
            .flatMap(part -> part);
    return lines.collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }
}
