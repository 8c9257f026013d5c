package org.shardmean.settings;

import java.util.stream.Collectors;
import org.shardmean.run.RunConfig;

/** The command line that repeats a run, whatever the defaults, the preset and the cluster are. */
public final class ReproducingCommand {
  private ReproducingCommand() {}

  /** All settings of a run, given one by one, quoted for a POSIX shell. */
  public static String of(RunConfig config) {
    return TrainSettings.OF_A_RUN.stream()
        .map(setting -> " " + setting.option() + " " + quoted(setting.writtenIn(config)))
        .collect(Collectors.joining("", "deploy/submit train", ""));
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9._/:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
