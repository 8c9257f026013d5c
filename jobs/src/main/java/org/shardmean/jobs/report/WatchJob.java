package org.shardmean.jobs.report;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.report.Texts;
import org.shardmean.report.WatchPage;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Language;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/** {@code watch}: follows a run that trains, in a browser on this machine. */
public final class WatchJob implements Job {
  private static final Setting<String> RUN =
      Setting.of(
          "run",
          "RUN",
          ValueReader.text(),
          "The folder of a run that trains, on any Hadoop file system.");

  private static final Setting<Integer> PORT =
      Setting.of(
              "port",
              "N",
              ValueReader.wholeNumber(0),
              "The port on the loopback address; 0 is any that is free.")
          .withDefault(0);

  private static final Setting<Language> LANG =
      TrainSettings.LANG.withHelp("The language of the page: en, de, ja.");

  @Override
  public String name() {
    return "watch";
  }

  @Override
  public String summary() {
    return "Follows a run that trains, in a browser on this machine, until it ends.";
  }

  @Override
  public Optional<Setting<?>> operand() {
    return Optional.of(RUN);
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(new SettingGroup("Watch", List.of(RUN, PORT, LANG)), GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of("runs/eight", "runs/eight --port 8765 --lang ja");
  }

  @Override
  public void run(GivenSettings given) throws Exception {
    if (given.find(RUN).isEmpty()) {
      throw new ConfigurationException(
          "RUN: expected the folder of a run, found nothing; give one, such as runs/eight");
    }
    RunDirectory run = RunDirectory.open(new Configuration(), given.get(RUN));
    Language language = given.get(LANG);
    Texts t = Terminal.texts(language);
    try (WatchServer server = served(run, language, given.get(PORT))) {
      System.out.println(t.text("console.watch", WrittenTo.path(run), server.address()));
      server.awaitEnd();
      System.out.println(t.text("watch.ended"));
    }
  }

  private static WatchServer served(RunDirectory run, Language language, int port) {
    try {
      return new WatchServer(run, WatchPage.render(run.path().getName(), language), port);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "--port: expected a free port up to 65535, found %d (%s); give another, or 0"
              .formatted(port, e.getMessage()));
    }
  }
}
