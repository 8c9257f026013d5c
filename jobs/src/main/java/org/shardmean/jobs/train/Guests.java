package org.shardmean.jobs.train;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.report.TensorBoardListener;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunListener;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.TrainSettings;

/** Who hears of a run beside the console. */
final class Guests {
  private Guests() {}

  /**
   * TensorBoard where it is asked for, the listeners that {@code --listener} names, and those that
   * the class path offers as a service.
   *
   * @throws ConfigurationException with every one that cannot be had
   */
  static List<RunListener> of(GivenSettings given, RunDirectory folder, Configuration hadoop) {
    List<String> problems = new ArrayList<>();
    List<RunListener> guests = new ArrayList<>(offered(problems));
    given
        .find(TrainSettings.LISTENER)
        .ifPresent(names -> names.forEach(name -> add(name, guests, problems)));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    given
        .find(TrainSettings.TENSORBOARD)
        .ifPresent(
            directory ->
                guests.add(
                    TensorBoardListener.in(
                        hadoop, directory, folder.path().getName(), InstantSource.system())));
    return List.copyOf(guests);
  }

  private static List<RunListener> offered(List<String> problems) {
    List<RunListener> offered = new ArrayList<>();
    try {
      ServiceLoader.load(RunListener.class, classes()).forEach(offered::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      problems.add(
          "META-INF/services/%s: expected classes that implement it, found: %s; repair or remove that jar"
              .formatted(RunListener.class.getName(), e.getMessage()));
    }
    return offered;
  }

  private static void add(String name, List<RunListener> guests, List<String> problems) {
    try {
      guests.add(
          Class.forName(name, true, classes())
              .asSubclass(RunListener.class)
              .getConstructor()
              .newInstance());
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      problems.add(
          "--listener %s: expected a class on the class path that implements %s and has a public constructor without parameters, found %s; give its jar with --jars"
              .formatted(name, RunListener.class.getName(), found(e)));
    }
  }

  private static String found(Throwable thrown) {
    Throwable reason = thrown.getCause() == null ? thrown : thrown.getCause();
    return reason.getClass().getSimpleName()
        + (reason.getMessage() == null ? "" : " (" + reason.getMessage() + ")");
  }

  /** Spark puts the jars of {@code --jars} there. */
  private static ClassLoader classes() {
    return Thread.currentThread().getContextClassLoader();
  }
}
