package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.shardmean.data.Dataset;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunListener;

/** A running training's figures, as Prometheus reads them from the driver. */
class TrainingMetricsIT {
  private static final SparkConf CONF =
      new SparkConf()
          .setMaster("local[2]")
          .setAppName("metrics")
          .set("spark.ui.port", "0")
          .set(
              "spark.metrics.conf.*.sink.prometheusServlet.class",
              "org.apache.spark.metrics.sink.PrometheusServlet")
          .set("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus");

  @Test
  void thePageOfARunningTrainingShowsItsFigures() {
    try (JavaSparkContext spark = new JavaSparkContext(CONF)) {
      Reading reading = new Reading(spark.sc().uiWebUrl().get() + "/metrics/prometheus/");

      RunResult result =
          Training.of(Dataset.generated(400, 3))
              .layers(784, 8, 10)
              .workers(2)
              .epochs(2)
              .roundsPerEpoch(2)
              .listener(reading)
              .run(spark);

      assertEquals(4 + 2, reading.pages.size());
      EpochRecord first = result.epochs().get(0);
      RoundRecord round = first.rounds().get(1);
      String page = reading.pages.get(2); // At the first epoch's end.
      assertEquals(1, figure("epoch", page));
      assertEquals(2, figure("round", page));
      assertEquals(round.score().loss(), figure("loss", page));
      assertEquals(round.score().accuracy(), figure("accuracy", page));
      assertEquals(
          round.score().examples() / round.time().total(), figure("imagesPerSecond", page));
      assertEquals(round.time().sync() / round.time().total(), figure("syncShare", page));
      assertTrue(Double.isNaN(figure("validationLoss", reading.pages.get(0))));
      assertEquals(first.validation().loss(), figure("validationLoss", reading.pages.get(3)));
      assertEquals(
          first.validation().accuracy(), figure("validationAccuracy", reading.pages.get(3)));
      assertFalse(
          reading.page().contains("_driver_shardmean_"), "the source goes with the training");
    }
  }

  private static double figure(String name, String page) {
    Matcher matcher =
        Pattern.compile("(?m)^metrics_\\S+_driver_shardmean_" + name + "_Value\\S* (\\S+)$")
            .matcher(page);
    assertTrue(matcher.find(), name + " in " + page);
    return Double.parseDouble(matcher.group(1));
  }

  /**
   * Reads the page at each round's and epoch's end. The run's own listener hears first, so the page
   * then shows what was before.
   */
  private static final class Reading implements RunListener {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final List<String> pages = new ArrayList<>();

    Reading(String address) {
      this.address = URI.create(address);
    }

    @Override
    public void roundEnded(RoundRecord round) {
      pages.add(page());
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
      pages.add(page());
    }

    String page() {
      try {
        return client
            .send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
