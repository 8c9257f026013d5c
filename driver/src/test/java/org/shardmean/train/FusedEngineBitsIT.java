package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shardmean.OtherJvm;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;

/**
 * The parameters' bits depend neither on what the JVM compiled nor on threads OpenBLAS is offered.
 */
class FusedEngineBitsIT {

  /** Trains for each optimizer and activation, and prints a hash of all bits. */
  static final class Trains {
    public static void main(String[] arguments) {
      ImageSet digits = TrainingExamples.digits(200, 784, 10, 1);
      ImageSet faint = TrainingExamples.faintDigits(200, 784, 10, 2);
      for (Activation activation : Activation.values()) {
        ModelSpec spec = ModelSpec.parse("784-48-24-10", activation);
        for (Optimizer optimizer : Optimizer.values()) {
          LocalSettings settings =
              new LocalSettings(
                  EngineKind.FUSED, optimizer, LearningRate.constant(0.01), 64, 0.01, 0.1, 0.2);
          try (FusedEngine engine = new FusedEngine(spec, settings)) {
            engine.load(TrainingExamples.start(spec, optimizer));
            Batch batch = new Batch(64, 784);
            for (int step = 0; step < 20; step++) {
              ImageSet images = step % 2 == 0 ? digits : faint;
              batch.fill(images, TrainingExamples.upTo(200), step, 64, 0.2, step);
              engine.step(batch, 0.01);
            }
            System.out.println(Arrays.hashCode(engine.state().parameters()));
          }
        }
      }
    }
  }

  @Test
  void interpretedOrCompiledOnOneThreadOrTwo() throws Exception {
    List<String> usual = OtherJvm.run(Trains.class, Map.of());
    assertEquals(9, usual.size());
    assertEquals(9, usual.stream().distinct().count());
    assertEquals(usual, OtherJvm.run(Trains.class, Map.of(), "-Xint"));
    assertEquals(usual, OtherJvm.run(Trains.class, Map.of(), "-Xcomp", "-XX:TieredStopAtLevel=1"));
    assertEquals(
        usual,
        OtherJvm.run(Trains.class, Map.of("OPENBLAS_NUM_THREADS", "2", "OMP_NUM_THREADS", "2")));
  }
}
