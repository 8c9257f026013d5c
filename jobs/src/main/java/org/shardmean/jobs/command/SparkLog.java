package org.shardmean.jobs.command;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.apache.logging.log4j.core.layout.JsonLayout;
import org.apache.logging.log4j.message.Message;
import org.shardmean.run.FullMemoryException;
import org.shardmean.settings.GivenSettings;

/** What Spark logs on the driver by itself. */
public final class SparkLog {
  private static final String JSON = "json";

  /**
   * Each of these logs what goes on to be thrown, such as why a task failed, some more than once.
   */
  private static final List<String> OF_TASKS =
      List.of(
          "org.apache.spark.executor.Executor",
          "org.apache.spark.scheduler.TaskSetManager",
          "org.apache.spark.scheduler.TaskResultGetter",
          "org.apache.spark.storage.BlockManager",
          "org.apache.spark.broadcast.TorrentBroadcast",
          "org.apache.spark.util.Utils",
          "org.apache.spark.sql.execution.datasources.FileFormatWriter");

  /** These log it too where INFO is on; their warnings tell of lost executors. */
  private static final List<String> OF_STAGES =
      List.of(
          "org.apache.spark.scheduler.DAGScheduler",
          "org.apache.spark.scheduler.TaskSchedulerImpl");

  private static final String OURS = "org.shardmean";

  private SparkLog() {}

  /** Logs as the settings say; what they leave open stays as it is configured. */
  static void set(GivenSettings given) {
    if (given.get(GeneralSettings.LOG_FORMAT) == GeneralSettings.LogFormat.JSON) {
      writeJson();
    }
    given
        .find(GeneralSettings.LOG_LEVEL)
        .map(level -> Level.valueOf(level.name()))
        .ifPresent(
            level -> {
              Configurator.setRootLevel(level);
              Configurator.setLevel(OURS, level);
            });
  }

  /** In place of whatever else is written: an object in each line of standard error. */
  private static void writeJson() {
    LoggerContext context = LoggerContext.getContext(false);
    Configuration configuration = context.getConfiguration();
    if (configuration.getAppender(JSON) != null) {
      return;
    }
    Appender json =
        ConsoleAppender.newBuilder()
            .setName(JSON)
            .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
            .setLayout(
                JsonLayout.newBuilder()
                    .setConfiguration(configuration)
                    .setCompact(true)
                    .setEventEol(true)
                    .setStacktraceAsString(true)
                    .build())
            .build();
    json.start();
    configuration.addAppender(json);
    for (LoggerConfig logger : configuration.getLoggers().values()) {
      List.copyOf(logger.getAppenders().keySet()).forEach(logger::removeAppender);
    }
    configuration.getRootLogger().addAppender(json, null, null);
    context.updateLoggers();
  }

  /** These tell of an executor that is lost, several times each. */
  private static final List<String> OF_EXECUTORS =
      List.of(
          "org.apache.spark.scheduler.TaskSchedulerImpl",
          "org.apache.spark.scheduler.DAGScheduler",
          "org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend$DriverEndpoint",
          "org.apache.spark.scheduler.cluster.YarnSchedulerBackend$YarnSchedulerEndpoint",
          "org.apache.spark.deploy.yarn.YarnAllocator",
          "org.apache.spark.storage.BlockManagerMaster",
          "org.apache.spark.storage.BlockManagerMasterEndpoint",
          "org.apache.spark.HeartbeatReceiver",
          "org.apache.spark.MapOutputTrackerMaster",
          "org.apache.spark.rpc.netty",
          "org.apache.spark.network");

  /** Stops all of it, where memory is full: each thread that ends of it logs a stack trace. */
  static void silence() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
  }

  /**
   * Stops those too, for a job that tells of lost executors itself. To be called after {@link
   * #hideStackTraces}.
   */
  public static void hideLostExecutors() {
    OF_EXECUTORS.forEach(name -> Configurator.setLevel(name, Level.OFF));
  }

  /** Stops what Spark logs of a start that failed, with a stack trace. */
  static void hideStart() {
    Configurator.setLevel("org.apache.spark.SparkContext", Level.OFF);
  }

  /**
   * Stops them, however logging is configured. Whatever ends a job is reported by {@link Failure}.
   * To be called after Spark has started: its start sets up logging again.
   */
  static void hideStackTraces() {
    OF_TASKS.forEach(name -> Configurator.setLevel(name, Level.OFF));
    for (String name : OF_STAGES) {
      if (LogManager.getLogger(name).isInfoEnabled()) {
        Configurator.setLevel(name, Level.WARN);
      }
    }
    LoggerContext.getContext(false).getConfiguration().addFilter(new WithoutFullMemory());
  }

  /** Any class of Spark's may be the one that meets a full memory and logs where. */
  private static final class WithoutFullMemory extends AbstractFilter {
    @Override
    public Result filter(Logger logger, Level level, Marker marker, Object text, Throwable thrown) {
      return thrown != null && FullMemoryException.isIn(thrown) ? Result.DENY : Result.NEUTRAL;
    }

    @Override
    public Result filter(
        Logger logger, Level level, Marker marker, Message text, Throwable thrown) {
      return filter(logger, level, marker, (Object) text, thrown);
    }
  }
}
