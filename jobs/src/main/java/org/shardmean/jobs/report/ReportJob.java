package org.shardmean.jobs.report;

import java.io.IOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.data.DataException;
import org.shardmean.experiment.GridDirectory;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.report.RunsReport;
import org.shardmean.report.SavedRun;
import org.shardmean.report.Texts;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Language;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/** {@code report}: writes the report of a run again, or compares several runs in one page. */
public final class ReportJob implements Job {
  private static final String COMPARISON = "comparison.html";
  private static final String RUNS_FOLDER = "runs";

  private static final Setting<List<String>> RUNS =
      Setting.of(
          "runs",
          "RUN",
          ValueReader.of(
              text -> Arrays.stream(text.split("\n")).filter(run -> !run.isBlank()).toList(),
              runs -> String.join("\n", runs),
              Map.of("type", "string")),
          "Folders of runs that have ended, on any Hadoop file system. The report of one is written"
              + " again; each of several is compared with the first.");

  private static final Setting<String> OUT =
      Setting.of(
          "out",
          "DIR",
          ValueReader.text(),
          "A folder for the page. Default: the run's own; of a comparison, runs/TIME-comparison.");

  private static final Setting<Boolean> OVERWRITE =
      Setting.flag("overwrite", "Replace the page in --out.");

  private static final Setting<Language> LANG =
      TrainSettings.LANG
          .withHelp(
              "The language of the page. " + ValueReader.oneOfWritten(Language.class),
              "Default: the run's own; of several runs, en.")
          .withoutDefault();

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "Writes a run's report again, also in another language, or compares several runs.";
  }

  @Override
  public Optional<Setting<?>> operand() {
    return Optional.of(RUNS);
  }

  @Override
  public boolean takesSeveralOperands() {
    return true;
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        new SettingGroup("Report", List.of(RUNS, OUT, OVERWRITE, LANG)), GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of("runs/eight --lang ja", "runs/eight runs/sixteen --out eight-and-sixteen");
  }

  @Override
  public void run(GivenSettings given) throws IOException {
    Configuration hadoop = new Configuration();
    List<String> folders = given.find(RUNS).orElse(List.of());
    if (folders.isEmpty()) {
      throw new ConfigurationException(
          "RUN: expected the folder of a run, found nothing; give one, such as runs/eight");
    }
    List<SavedRun> runs = new ArrayList<>();
    for (String folder : folders) {
      RunDirectory directory = RunDirectory.open(hadoop, folder);
      requireNoGrid(folder, directory);
      runs.add(SavedRun.read(directory));
    }
    if (runs.size() == 1) {
      again(hadoop, given, folders.get(0), runs.get(0));
    } else {
      compare(hadoop, given, runs);
    }
  }

  private static void requireNoGrid(String folder, RunDirectory directory) throws IOException {
    if (GridDirectory.isOne(directory)) {
      throw new DataException(
          "%s: expected the folder of a run, found that of a grid; give one of the runs in %s/%s, or open the grid's own page, %s/%s"
              .formatted(folder, folder, GridDirectory.POINTS, folder, GridDirectory.REPORT));
    }
  }

  private static void again(
      Configuration hadoop, GivenSettings given, String folder, SavedRun saved) throws IOException {
    SavedRun run = given.isGiven(LANG) ? saved.in(given.get(LANG)) : saved;
    RunDirectory out =
        given.find(OUT).isPresent()
            ? named(hadoop, given, RunDirectory.REPORT)
            : RunDirectory.open(hadoop, folder);
    out.write(RunDirectory.REPORT, run.report());
    say(Terminal.texts(run.record().config().language()), out, RunDirectory.REPORT);
  }

  private static void compare(Configuration hadoop, GivenSettings given, List<SavedRun> runs)
      throws IOException {
    Language language = given.get(TrainSettings.LANG);
    String page = RunsReport.render(runs, language);
    RunDirectory out =
        given.find(OUT).isPresent()
            ? named(hadoop, given, COMPARISON)
            : RunDirectory.createNamed(
                hadoop, RUNS_FOLDER, ZonedDateTime.now(ZoneId.systemDefault()), "comparison");
    out.write(COMPARISON, page);
    Texts t = Terminal.texts(language);
    RunsReport.findings(runs, t).forEach(System.out::println);
    say(t, out, COMPARISON);
  }

  private static RunDirectory named(Configuration hadoop, GivenSettings given, String page) {
    return RunDirectory.createFor(hadoop, given.get(OUT), List.of(page), given.isOn(OVERWRITE));
  }

  private static void say(Texts t, RunDirectory out, String page) {
    System.out.println(t.text("console.report", WrittenTo.path(out, page)));
  }
}
