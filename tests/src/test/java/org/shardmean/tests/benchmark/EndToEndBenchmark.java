package org.shardmean.tests.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.shardmean.data.Dataset;
import org.shardmean.run.RunDirectory;

/**
 * Whole trainings of the lectures' network, each in a process of its own, on the same machine in
 * the same run: ours as a user starts it, and the others. The contenders take turns, so that a
 * disturbance of the machine meets each.
 */
public final class EndToEndBenchmark {
  static final String FUSED_TWO = "ours, fused, local[2]";
  static final String FUSED_ONE = "ours, fused, local[1]";
  static final String LONG_TWO = "ours, fused, local[2], long run";
  static final String LONG_ONE = "ours, fused, local[1], long run";
  static final String PARAMETER_AVERAGING = "DL4J ParameterAveragingTrainingMaster";
  private static final int BATCH = 64;
  private static final String LOCAL_TWO = "local[2]";

  private final EndToEndSetting setting;
  private final Path folder;
  private final Dataset dataset;

  private EndToEndBenchmark(EndToEndSetting setting, Path folder) throws Exception {
    this.setting = setting;
    this.folder = folder;
    this.dataset = BenchmarkData.load(setting.data());
  }

  /**
   * Measures all contenders.
   *
   * @param folder an empty one, for their files
   */
  static List<EndToEndSpeed> measure(EndToEndSetting setting, Path folder) throws Exception {
    return new EndToEndBenchmark(setting, folder).measure();
  }

  private List<EndToEndSpeed> measure() throws Exception {
    List<Contender> contenders = contenders();
    Map<String, List<Course>> courses = new HashMap<>();
    for (int run = 0; run < setting.runs(); run++) {
      for (Contender contender : contenders) {
        if (run < contender.runs()) {
          System.err.printf("  %s, run %d%n", contender.name(), run + 1);
          Path own = Files.createTempDirectory(folder, "contender");
          courses
              .computeIfAbsent(contender.name(), none -> new ArrayList<>())
              .add(contender.training().run(own));
        }
      }
    }
    return contenders.stream()
        .map(c -> EndToEndSpeed.of(c, courses.get(c.name()), dataset.train().count()))
        .toList();
  }

  private List<Contender> contenders() throws IOException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    int runs = setting.runs();
    contenders.add(ours(FUSED_TWO, "fused", 2, setting.epochs()));
    contenders.add(ours(FUSED_ONE, "fused", 1, setting.epochs()));
    if (setting.longEpochs() > 0) {
      contenders.add(ours(LONG_TWO, "fused", 2, setting.longEpochs()));
      contenders.add(ours(LONG_ONE, "fused", 1, setting.longEpochs()));
    }
    contenders.add(ours("ours, dl4j, local[2]", "dl4j", 2, setting.epochs()));
    contenders.add(
        new Contender(
            PARAMETER_AVERAGING,
            "local[2], batch 64, averaging every 5, prefetch 2, direct",
            runs,
            own ->
                ContenderProcess.java(
                    ParameterAveragingContender.class,
                    1,
                    own,
                    setting.data(),
                    String.valueOf(setting.slowEpochs()),
                    String.valueOf(BATCH),
                    LOCAL_TWO)));
    contenders.add(
        new Contender(
            "Spark MLlib perceptron",
            "local[2], %d L-BFGS iterations".formatted(setting.mllibIterations()),
            1,
            own ->
                ContenderProcess.java(
                    MllibContender.class,
                    1,
                    own,
                    setting.data(),
                    String.valueOf(setting.mllibIterations()),
                    LOCAL_TWO)));
    contenders.add(
        new Contender(
            "DL4J fit, one process",
            "one core, batch 64, linear decay",
            runs,
            own ->
                ContenderProcess.java(
                    Dl4jFitContender.class,
                    1,
                    own,
                    setting.data(),
                    String.valueOf(setting.epochs()),
                    String.valueOf(BATCH))));
    pythonWithTorch()
        .ifPresent(
            python -> {
              contenders.add(torch(python, 1));
              contenders.add(torch(python, 2));
            });
    return contenders;
  }

  private Contender ours(String name, String engine, int workers, int epochs) {
    return new Contender(
        name,
        "K=%d, batch 64, four rounds an epoch, %d epochs".formatted(workers, epochs),
        setting.runs(),
        own -> train(engine, workers, epochs, own));
  }

  /** {@code deploy/submit train}, as a user starts it. */
  private Course train(String engine, int workers, int epochs, Path own)
      throws IOException, InterruptedException {
    Path out = own.resolve("run");
    ContenderProcess.Ended ended =
        ContenderProcess.run(
            List.of(
                BenchmarkData.PROJECT.resolve("deploy/submit").toString(),
                "train",
                "--master",
                "local[" + workers + "]",
                "--data",
                setting.data(),
                "--workers",
                String.valueOf(workers),
                "--rounds-per-epoch",
                "4",
                "--batch-size",
                String.valueOf(BATCH),
                "--epochs",
                String.valueOf(epochs),
                "--engine",
                engine,
                "--out",
                out.toString()),
            1,
            own);
    JsonNode result = new ObjectMapper().readTree(out.resolve(RunDirectory.RESULT).toFile());
    List<Stretch> stretches = new ArrayList<>();
    for (JsonNode epoch : result.get("epochs")) {
      stretches.add(
          new Stretch(
              epoch.get("examples").longValue(),
              epoch.get("trainSeconds").doubleValue(),
              epoch.get("validationAccuracy").doubleValue()));
    }
    return new Course(stretches, ended.seconds());
  }

  private Contender torch(String python, int threads) {
    return new Contender(
        "PyTorch, %d thread%s".formatted(threads, threads == 1 ? "" : "s"),
        "batch 64, linear decay",
        setting.runs(),
        own -> {
          Path script = own.resolve("torch_contender.py");
          try (InputStream source =
              EndToEndBenchmark.class.getResourceAsStream("torch_contender.py")) {
            Files.write(script, source.readAllBytes());
          }
          BenchmarkData.write(
              BenchmarkData.all(dataset.train()),
              own.resolve("train.images"),
              own.resolve("train.labels"));
          BenchmarkData.write(
              BenchmarkData.all(dataset.test()),
              own.resolve("test.images"),
              own.resolve("test.labels"));
          return ContenderProcess.printed(
              List.of(
                  python,
                  script.toString(),
                  own.toString(),
                  String.valueOf(setting.epochs()),
                  String.valueOf(BATCH),
                  String.valueOf(threads)),
              threads,
              own);
        });
  }

  private static Optional<String> pythonWithTorch() throws IOException, InterruptedException {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (importsTorch(python)) {
        return Optional.of(python);
      }
    }
    return Optional.empty();
  }

  private static boolean importsTorch(String python) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import torch")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // No such program.
    }
  }

  /** One line for each contender; figures are medians of its runs, with their spread. */
  static String table(List<EndToEndSpeed> speeds) {
    StringBuilder table = new StringBuilder();
    table.append(
        "%-38s %8s %25s %8s %9s %7s %7s %9s %5s%n"
            .formatted(
                "contender",
                "images/s",
                "lowest-highest",
                "s/epoch",
                "accuracy",
                "s to 97%",
                "s to 98%",
                "process s",
                "runs"));
    for (EndToEndSpeed speed : speeds) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-38s %,8.0f %,12.0f-%,12.0f %8.2f %8.2f%% %7s %7s %10.1f %5d%n",
              speed.contender(),
              speed.imagesPerSecond().median(),
              speed.imagesPerSecond().lowest(),
              speed.imagesPerSecond().highest(),
              speed.secondsPerEpoch(),
              100 * speed.accuracy().median(),
              seconds(speed.secondsTo97()),
              seconds(speed.secondsTo98()),
              speed.wholeSeconds().median(),
              speed.imagesPerSecond().runs()));
    }
    return table
        .append(ratio(speeds, LONG_TWO, LONG_ONE))
        .append(ratio(speeds, FUSED_TWO, FUSED_ONE))
        .append(ratio(speeds, LONG_TWO, PARAMETER_AVERAGING))
        .append(ratio(speeds, FUSED_TWO, PARAMETER_AVERAGING))
        .toString();
  }

  /** A line; empty where one of them did not run. */
  private static String ratio(List<EndToEndSpeed> speeds, String one, String other) {
    OptionalDouble above = imagesPerSecond(speeds, one);
    OptionalDouble beneath = imagesPerSecond(speeds, other);
    return above.isEmpty() || beneath.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%s / %s: %.2fx%n",
            one,
            other,
            above.getAsDouble() / beneath.getAsDouble());
  }

  private static OptionalDouble imagesPerSecond(List<EndToEndSpeed> speeds, String contender) {
    return speeds.stream()
        .filter(speed -> speed.contender().equals(contender))
        .mapToDouble(speed -> speed.imagesPerSecond().median())
        .findFirst();
  }

  private static String seconds(Double seconds) {
    return seconds == null ? "-" : String.format(Locale.ROOT, "%.2f", seconds);
  }
}
