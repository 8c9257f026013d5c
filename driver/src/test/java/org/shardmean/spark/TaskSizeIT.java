package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.Training;
import org.shardmean.data.Dataset;

/** Spark itself says how large each task is that it starts. */
class TaskSizeIT {
  private static final String SCHEDULER = "org.apache.spark.scheduler.TaskSetManager";
  private static final Pattern STARTED = Pattern.compile("Starting task .*, (\\d+) bytes\\).*");
  private static final int LARGEST_TASK = 100_000;

  /** With their numbers in the tasks, these images took 200 kB in each. */
  @ParameterizedTest
  @CsvSource({
    "true, test, averaged, false",
    "true, 0.1, averaged, false",
    "true, 0.1, averaged, true",
    "true, 0.1, kept, false",
    "false, 0.1, averaged, false",
    "false, 0.1, reset, true",
    "false, 0.1, kept, true"
  })
  void noTaskOfATrainingIsLarge(
      boolean oneJob, String validation, String moments, boolean reshuffle) {
    Sizes sizes = new Sizes();
    try (JavaSparkContext spark =
        new JavaSparkContext(LocalSpark.conf(2).set(TrainingJob.ALLOWED, String.valueOf(oneJob)))) {
      sizes.begin();
      Training.of(Dataset.generated(100_000, 1))
          .layers(784, 4, 10)
          .workers(2)
          .epochs(2)
          .set("rounds-per-epoch", "2")
          .set("validation", validation)
          .set("moments", moments)
          .set("reshuffle", String.valueOf(reshuffle))
          .run(spark);
    } finally {
      sizes.end();
    }
    assertTrue(sizes.found.size() >= 2, "tasks were seen: " + sizes.found);
    assertTrue(sizes.found.stream().allMatch(size -> size < LARGEST_TASK), sizes.found.toString());
  }

  /** The sizes that the scheduler logs. */
  private static final class Sizes extends AbstractAppender {
    private final List<Integer> found = new CopyOnWriteArrayList<>();

    Sizes() {
      super("sizes", null, null, true, Property.EMPTY_ARRAY);
    }

    void begin() {
      LoggerContext context = (LoggerContext) LogManager.getContext(false);
      LoggerConfig config = new LoggerConfig(SCHEDULER, Level.INFO, false);
      start();
      config.addAppender(this, Level.INFO, null);
      context.getConfiguration().addLogger(SCHEDULER, config);
      context.updateLoggers();
    }

    void end() {
      LoggerContext context = (LoggerContext) LogManager.getContext(false);
      context.getConfiguration().removeLogger(SCHEDULER);
      context.updateLoggers();
      stop();
    }

    @Override
    public void append(LogEvent event) {
      Matcher started = STARTED.matcher(event.getMessage().getFormattedMessage());
      if (started.matches()) {
        found.add(Integer.parseInt(started.group(1)));
      }
    }
  }
}
