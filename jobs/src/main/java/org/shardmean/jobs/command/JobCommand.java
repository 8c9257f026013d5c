package org.shardmean.jobs.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.shardmean.settings.NearestName;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.Written;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** A job's command line: what it understands, and its help. */
final class JobCommand {
  /** Options that Spark reads, so that naming one in the wrong place gets the right advice. */
  private static final List<String> SPARKS_OPTIONS =
      List.of(
          "--master",
          "--conf",
          "--properties-file",
          "--deploy-mode",
          "--driver-memory",
          "--executor-memory",
          "--executor-cores",
          "--num-executors",
          "--total-executor-cores",
          "--files",
          "--jars",
          "--queue");

  private static final int LONGEST_WORD = 30;

  private final Job job;

  JobCommand(Job job) {
    this.job = job;
  }

  /** What a command line says. */
  record Parsed(boolean helpAsked, Map<String, Written> settings, List<String> problems) {}

  Parsed parse(List<String> arguments) {
    CommandLine parser = parser();
    ParseResult result = parser.parseArgs(arguments.toArray(String[]::new));
    List<String> problems = new ArrayList<>();
    result.errors().forEach(error -> problems.add(error.getMessage()));
    problems.addAll(unknown(parser.getUnmatchedArguments()));
    return new Parsed(result.isUsageHelpRequested(), settingsIn(result), problems);
  }

  /**
   * What the job does and takes.
   *
   * @param defaults the user's own defaults
   */
  String help(Map<String, Written> defaults) {
    CommandSpec spec = CommandSpec.create().name("deploy/submit " + job.name());
    spec.parser().separator(" ");
    spec.usageMessage()
        .description(job.summary())
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .width(100)
        .footer(footer());
    job.operand().ifPresent(operand -> spec.addPositional(positional(operand).build()));
    job.settings().forEach(group -> spec.addArgGroup(groupOf(group, defaults)));
    return new CommandLine(spec).getUsageMessage();
  }

  private PositionalParamSpec.Builder positional(Setting<?> operand) {
    PositionalParamSpec.Builder positional =
        job.takesSeveralOperands()
            ? PositionalParamSpec.builder().type(String[].class).index("0..*").arity("0..*")
            : PositionalParamSpec.builder().type(String.class).index("0").arity("0..1");
    return positional
        .paramLabel(operand.label())
        .description(operand.help().toArray(String[]::new));
  }

  /** Values may be left out here, and are then missed where they are read, with all the rest. */
  private CommandLine parser() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).build());
    allSettings().forEach(setting -> spec.addOption(asParsed(setting).build()));
    job.operand().ifPresent(operand -> spec.addPositional(positional(operand).build()));
    spec.parser().collectErrors(true);
    return new CommandLine(spec)
        .setOverwrittenOptionsAllowed(true)
        .setUnmatchedArgumentsAllowed(true)
        .setAbbreviatedOptionsAllowed(false);
  }

  /** Beside an operand a flag takes no value, because it would take the operand. */
  private OptionSpec.Builder asParsed(Setting<?> setting) {
    OptionSpec.Builder option = OptionSpec.builder(setting.option());
    return setting.isFlag() && job.operand().isPresent()
        ? option.type(boolean.class).arity("0")
        : option.type(String.class).arity("0..1").fallbackValue(setting.isFlag() ? "true" : "");
  }

  private ArgGroupSpec groupOf(SettingGroup group, Map<String, Written> defaults) {
    ArgGroupSpec.Builder builder =
        ArgGroupSpec.builder().validate(false).heading("%n" + group.heading() + "%n");
    int order = 0;
    for (Setting<?> setting : group.settings().stream().filter(one -> !isOperand(one)).toList()) {
      builder.addArg(optionOf(setting, defaults).order(order++).build());
    }
    return builder.build();
  }

  private static OptionSpec.Builder optionOf(Setting<?> setting, Map<String, Written> defaults) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option()).description(description(setting, defaults));
    return setting.isFlag()
        ? option.arity("0").type(boolean.class)
        : option.arity("1").type(String.class).paramLabel(setting.label());
  }

  private static String[] description(Setting<?> setting, Map<String, Written> defaults) {
    List<String> lines = new ArrayList<>(setting.help());
    Optional<String> fallback =
        Optional.ofNullable(defaults.get(setting.name()))
            .map(Written::text)
            .or(() -> setting.isByPreset() ? Optional.of("by --preset") : setting.defaultInWords());
    if (fallback.isPresent() && !setting.isFlag()) {
      addDefault(lines, fallback.get());
    }
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }

  /** A long list without blanks gets a line of its own, or it would be broken within a name. */
  private static void addDefault(List<String> lines, String value) {
    int last = lines.size() - 1;
    if (value.length() > LONGEST_WORD && !value.contains(" ")) {
      lines.add("Default: %s.".formatted(value));
    } else {
      lines.set(last, "%s Default: %s.".formatted(lines.get(last), value));
    }
  }

  private String[] footer() {
    Stream<String> examples =
        job.examples().stream().map(example -> "  deploy/submit " + job.name() + " " + example);
    Stream<String> exitCodes = ExitCode.linesOfJob(job.ownExitCodes());
    return Stream.of(
            Stream.of("", "Examples"),
            examples,
            Stream.of("", "Exit codes"),
            exitCodes,
            Stream.of(
                "",
                "Spark's own options (--master, --conf, --driver-memory, ...) may stand anywhere;",
                "see deploy/submit --help."))
        .flatMap(lines -> lines)
        .map(line -> line.replace("%", "%%"))
        .toArray(String[]::new);
  }

  private Map<String, Written> settingsIn(ParseResult result) {
    Map<String, Written> settings = new LinkedHashMap<>();
    job.operand()
        .filter(operand -> result.hasMatchedPositional(0))
        .ifPresent(
            operand ->
                settings.put(
                    operand.name(),
                    new Written(
                        String.join("\n", result.matchedPositional(0).stringValues()),
                        operand.label())));
    for (Setting<?> setting : allSettings().toList()) {
      if (result.hasMatchedOption(setting.option())) {
        List<String> values = result.matchedOption(setting.option()).stringValues();
        settings.put(setting.name(), new Written(values.get(values.size() - 1), setting.option()));
      }
    }
    return settings;
  }

  private List<String> unknown(List<String> unmatched) {
    List<String> problems = new ArrayList<>();
    boolean valueOfUnknown = false;
    for (String argument : unmatched) {
      if (argument.startsWith("-") && argument.length() > 1) {
        String name = argument.split("=", 2)[0];
        problems.add(unknownOption(name));
        valueOfUnknown = !argument.contains("=");
      } else if (valueOfUnknown) {
        valueOfUnknown = false;
      } else {
        problems.add(
            "'%s': expected an option, found a word; see deploy/submit %s --help"
                .formatted(argument, job.name()));
      }
    }
    return problems;
  }

  private String unknownOption(String name) {
    if (SPARKS_OPTIONS.contains(name)) {
      return name + ": Spark's option; with spark-submit it goes before the jar";
    }
    Collection<String> names = allSettings().map(Setting::option).toList();
    return "%s: unknown option%s; see deploy/submit %s --help"
        .formatted(
            name,
            NearestName.of(name, names).map(near -> ", did you mean " + near + "?").orElse(""),
            job.name());
  }

  private Stream<Setting<?>> allSettings() {
    return job.settings().stream().flatMap(group -> group.settings().stream());
  }

  private boolean isOperand(Setting<?> setting) {
    return job.operand().equals(Optional.of(setting));
  }
}
