package org.shardmean.tests.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.InitialParameters;
import org.shardmean.train.Batch;
import org.shardmean.train.EngineKind;
import org.shardmean.train.FusedEngine;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.TrainingState;

/** A whole local step of the fused engine, from the shard's packed bytes to the new parameters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FusedStepBenchmark {
  @Param({"32", "64", "128", "256"})
  public int batchSize;

  private final int[] order = BenchmarkSetting.order();
  private ImageSet digits;
  private Batch batch;
  private FusedEngine engine;
  private int next;

  @Setup
  public void load() {
    digits = BenchmarkSetting.digits();
    batch = new Batch(batchSize, digits.pixels());
    engine =
        new FusedEngine(
            BenchmarkSetting.SPEC,
            LocalSettings.of(
                EngineKind.FUSED,
                Optimizer.ADAM,
                LearningRate.constant(BenchmarkSetting.RATE),
                batchSize));
    float[] parameters = InitialParameters.draw(BenchmarkSetting.SPEC, 1);
    engine.load(TrainingState.initial(parameters, Optimizer.ADAM));
  }

  @Benchmark
  public TrainingScore step() {
    batch.fill(digits, order, next, batchSize);
    next = (next + batchSize) % BenchmarkSetting.EXAMPLES;
    return engine.step(batch, BenchmarkSetting.RATE);
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
