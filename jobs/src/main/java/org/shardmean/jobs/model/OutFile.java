package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;

/**
 * The one file (or folder of files) that {@code --out} names, with its place made ready.
 *
 * @param folder that it will be in
 * @param name in that folder
 */
record OutFile(RunDirectory folder, String name) {
  /**
   * As asked for; empty where it was not.
   *
   * @throws ConfigurationException if it is there already and {@code --overwrite} is not given, or
   *     its folder cannot be made
   */
  static Optional<OutFile> asked(GivenSettings given, Configuration hadoop) {
    return given
        .find(ModelUseSettings.OUT_FILE)
        .map(OutFile::path)
        .map(path -> at(path, hadoop, given.isOn(ModelUseSettings.OVERWRITE)));
  }

  /** Writes it as a file, whole or not at all. */
  void write(RunDirectory.Content content) throws IOException {
    folder.write(name, content);
  }

  /** Writes it as a folder, whole or not at all. */
  void writeFolder(RunDirectory.FolderContent content) throws IOException {
    folder.writeFolder(name, content);
  }

  /** Where it is, for people. */
  String shown() {
    return WrittenTo.path(folder, name);
  }

  private static OutFile at(Path path, Configuration hadoop, boolean overwrite) {
    String parent = path.getParent().toString().isEmpty() ? "." : path.getParent().toString();
    List<String> names = List.of(path.getName());
    return new OutFile(RunDirectory.createFor(hadoop, parent, names, overwrite), path.getName());
  }

  private static Path path(String out) {
    try {
      Path path = new Path(out);
      if (path.getParent() != null) {
        return path;
      }
    } catch (IllegalArgumentException e) {
      // Told below, together with the file system's root.
    }
    throw new ConfigurationException(
        "--out: expected the path of a file to write, found '%s'; give another".formatted(out));
  }
}
