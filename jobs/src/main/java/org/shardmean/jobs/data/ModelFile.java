package org.shardmean.jobs.data;

import org.shardmean.settings.Setting;
import org.shardmean.settings.ValueReader;

/** What {@code --model} names, in every job that has it. */
public final class ModelFile {
  public static final Setting<String> MODEL =
      Setting.of(
          "model",
          "FILE",
          ValueReader.text(),
          "A saved network: a run's model.zip, on any Hadoop file system.");

  private ModelFile() {}
}
