package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.shardmean.OtherJvm;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.Examples;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ShardAssignment;
import org.shardmean.data.ValidationSplit;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.Optimizer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/**
 * A billion generated images, a tenth of them held out, dealt to 20,000 workers on driver and
 * executor in one JVM of 512 MB. An array of their numbers alone would take 4 GB.
 */
class ABillionExamplesIT {
  private static final int IMAGES = 1_000_000_000;
  private static final int WORKERS = 20_000;
  private static final long SEED = 42;

  /** Prints a line for each of some workers. */
  static final class Deals {
    private static final ModelSpec NETWORK = ModelSpec.parse("784-16-10", Activation.RELU);
    private static final LocalSettings SETTINGS =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(0.05), 32);

    public static void main(String[] arguments) {
      ValidationSplit split =
          ValidationSplit.of(new GeneratedExamples(IMAGES, SEED, false), 0.1, SEED);
      ExampleSource training = split.training();
      try (JavaSparkContext spark = LocalSpark.withCores(1);
          Evaluation evaluation =
              new Evaluation(spark, NETWORK, EngineKind.FUSED, split.heldOut(), 64);
          Shards shards =
              new Shards(
                  spark, "training", training, new Dealing.ByClass(WORKERS, SEED, 0), WORKERS)) {
        System.out.println(evaluation.work().images().blocks().size() + " blocks to score");
        shards
            .inBlocks(
                block -> block.partialSums(Deals::trained, Deals::joined),
                List.of(0, WORKERS / 2, WORKERS - 1))
            .forEach(lines -> lines.forEach(System.out::println));
      }
    }

    /** The first round of a hundred. */
    private static String trained(int worker, Examples shard) {
      TrainingState start =
          TrainingState.initial(InitialParameters.draw(NETWORK, SEED), Optimizer.SGD);
      try (LocalTrainer trainer = new LocalTrainer(NETWORK, SETTINGS)) {
        LocalResult result = trainer.train(new RoundPlan(SEED, 1, 100, 1, 1), worker, shard, start);
        return "worker %d: %d of %d, loss %s, labels %s"
            .formatted(
                worker,
                result.score().examples(),
                shard.count(),
                Double.isFinite(result.score().loss()) ? "finite" : "not finite",
                Arrays.toString(shard.countsPerClass()));
      }
    }

    private static String joined(String first, String second) {
      return first + "\n" + second;
    }
  }

  @Test
  void areDealtAndTrainedOnInASmallHeap() throws Exception {
    List<String> options =
        new ArrayList<>(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    options.add("-Xmx512m");

    List<String> printed = OtherJvm.run(Deals.class, Map.of(), options.toArray(String[]::new));

    ExampleSource training =
        ValidationSplit.of(new GeneratedExamples(IMAGES, SEED, false), 0.1, SEED).training();
    ShardAssignment dealt = ShardAssignment.of(training, WORKERS, SEED);
    List<String> expected = new ArrayList<>(List.of("64 blocks to score"));
    for (int worker : new int[] {0, WORKERS / 2, WORKERS - 1}) {
      long[] labels = new long[10];
      Arrays.stream(dealt.examplesOf(worker)).forEach(i -> labels[training.label(i)]++);
      expected.add(
          "worker %d: 448 of 45000, loss finite, labels %s"
              .formatted(worker, Arrays.toString(labels)));
    }
    assertEquals(expected, printed);
  }
}
