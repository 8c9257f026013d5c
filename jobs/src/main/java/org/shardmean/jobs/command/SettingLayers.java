package org.shardmean.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.shardmean.settings.NearestName;
import org.shardmean.settings.PropertiesText;
import org.shardmean.settings.Written;

/** The files that settings are read from: {@code --config}, and the defaults beneath it. */
final class SettingLayers {
  /** Where the launcher says that the project lies; unset under a plain spark-submit. */
  private static final String HOME_VARIABLE = "SHARDMEAN_HOME";

  private static final String DEFAULTS = "defaults.properties";

  private final Collection<String> names;

  /**
   * @param names all settings there are, of any job: a file may serve several
   */
  SettingLayers(Collection<String> names) {
    this.names = names;
  }

  /** {@code conf/defaults.properties} where the launcher's project has one. */
  List<Map<String, Written>> defaults(Map<String, String> environment, List<String> problems) {
    List<Map<String, Written>> layers = new ArrayList<>();
    String home = environment.get(HOME_VARIABLE);
    if (home != null) {
      Path file = Path.of(home, "conf", DEFAULTS);
      if (Files.isRegularFile(file)) {
        layers.add(file(file, "conf/" + DEFAULTS, problems));
      }
    }
    return layers;
  }

  /** The settings of a {@code --config} file. */
  Map<String, Written> config(Written path, List<String> problems) {
    return file(Path.of(path.text()), path.text(), problems);
  }

  private Map<String, Written> file(Path file, String shown, List<String> problems) {
    try {
      return checked(PropertiesText.read(file, shown), problems);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          "%s: expected a readable file of properties such as 'epochs = 5', found %s; check the path"
              .formatted(shown, PropertiesText.reason(e)));
      return Map.of();
    }
  }

  private Map<String, Written> checked(Map<String, Written> settings, List<String> problems) {
    settings.forEach(
        (name, written) -> {
          if (!names.contains(name)) {
            problems.add(
                "%s: unknown setting%s"
                    .formatted(
                        written.where(),
                        NearestName.of(name, names)
                            .map(near -> ", did you mean " + near + "?")
                            .orElse("; see deploy/submit --help")));
          }
        });
    return settings;
  }
}
