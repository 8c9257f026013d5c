package org.shardmean.settings;

import java.util.stream.Collectors;
import org.shardmean.run.RunConfig;

/** The command line that repeats a run, whatever the defaults, the preset and the cluster are. */
public final class ReproducingCommand {
  private ReproducingCommand() {}

  /** All settings of a run, given one by one, quoted for a POSIX shell. */
  public static String of(RunConfig config) {
    return TrainSettings.OF_A_RUN.stream()
        .map(setting -> " " + setting.option() + value(setting.writtenIn(config)))
        .collect(Collectors.joining("", "deploy/submit train", ""));
  }

  /** A text that begins with a dash would be taken for an option, if it stood by itself. */
  private static String value(String text) {
    return (text.matches("(?s)-[^0-9].*|-") ? "=" : " ") + quoted(text);
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9._/:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
