package org.shardmean.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunListener;
import org.shardmean.run.TimeSplit;

/**
 * A running training's figures in Spark's metrics system, so that the sinks that an application has
 * (Prometheus, JMX, Graphite, …) show them: the driver's source {@value #NAME}. A figure that is
 * not known yet is NaN.
 */
public final class TrainingMetrics implements RunListener, AutoCloseable {
  private static final String NAME = "shardmean";

  private final ConcurrentMap<String, Double> figures = new ConcurrentHashMap<>();
  private final Figures source = new Figures();

  private TrainingMetrics() {}

  /** Registers the source with the application that runs in this JVM, until it is closed. */
  public static TrainingMetrics register() {
    TrainingMetrics metrics = new TrainingMetrics();
    SparkEnv.get().metricsSystem().registerSource(metrics.source);
    return metrics;
  }

  @Override
  public void roundEnded(RoundRecord round) {
    figures.put("epoch", (double) round.epoch());
    figures.put("round", (double) round.round());
    figures.put("loss", round.score().loss());
    figures.put("accuracy", round.score().accuracy());
    figures.put("imagesPerSecond", round.score().examples() / round.time().total());
    figures.put("syncShare", syncShare(round.time()));
  }

  @Override
  public void epochEnded(EpochRecord epoch) {
    figures.put("validationLoss", epoch.validation().loss());
    figures.put("validationAccuracy", epoch.validation().accuracy());
  }

  @Override
  public void close() {
    SparkEnv spark = SparkEnv.get();
    if (spark != null) {
      spark.metricsSystem().removeSource(source);
    }
  }

  private static double syncShare(TimeSplit time) {
    return time.sync() / time.total();
  }

  /** What Spark asks. */
  private final class Figures implements Source {
    private final MetricRegistry registry = new MetricRegistry();

    Figures() {
      for (String name :
          new String[] {
            "epoch",
            "round",
            "loss",
            "accuracy",
            "imagesPerSecond",
            "syncShare",
            "validationLoss",
            "validationAccuracy"
          }) {
        Gauge<Double> gauge = () -> figures.getOrDefault(name, Double.NaN);
        registry.register(name, gauge);
      }
    }

    @Override
    public String sourceName() {
      return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
      return registry;
    }
  }
}
