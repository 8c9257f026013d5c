package org.shardmean.tests.benchmark;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.shardmean.model.OpenBlas;
import org.shardmean.model.ParameterLayout;

/**
 * The ceiling: only the matrix products of one step, in its order, each by one call of OpenBLAS on
 * one thread: what the step would take if all else were free.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatrixProductsBenchmark {
  @Param({"32", "64", "128", "256"})
  public int batchSize;

  private final ParameterLayout layout = new ParameterLayout(BenchmarkSetting.SPEC);
  private final int layers = layout.layers();
  private final FloatPointer[] activations = new FloatPointer[layers + 1];
  private final FloatPointer[] deltas = new FloatPointer[layers + 1];
  private final FloatPointer[] weights = new FloatPointer[layers];
  private final FloatPointer[] gradients = new FloatPointer[layers];

  /** Floating-point operations of one step's products: 454 thousand an image. */
  static double operations(int batchSize) {
    ParameterLayout layout = new ParameterLayout(BenchmarkSetting.SPEC);
    double operations = 0;
    for (int l = 0; l < layout.layers(); l++) {
      double product = 2.0 * batchSize * layout.inputs(l) * layout.outputs(l);
      operations += (l == 0 ? 2 : 3) * product;
    }
    return operations;
  }

  @Setup
  public void load() {
    OpenBlas.load();
    activations[0] = random(batchSize * layout.inputs(0));
    for (int l = 0; l < layers; l++) {
      weights[l] = random(layout.inputs(l) * layout.outputs(l));
      gradients[l] = random(layout.inputs(l) * layout.outputs(l));
      activations[l + 1] = random(batchSize * layout.outputs(l));
      deltas[l + 1] = random(batchSize * layout.outputs(l));
    }
  }

  private static FloatPointer random(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble() - 0.5f;
    }
    return new FloatPointer(values);
  }

  @Benchmark
  public void products() {
    for (int l = 0; l < layers; l++) {
      weightedSums(l);
    }
    for (int l = layers - 1; l >= 0; l--) {
      weightGradient(l);
      if (l > 0) {
        inputGradient(l);
      }
    }
  }

  /** examples × units = examples × inputs times inputs × units. */
  private void weightedSums(int l) {
    int inputs = layout.inputs(l);
    int units = layout.outputs(l);
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        batchSize,
        units,
        inputs,
        1f,
        activations[l],
        inputs,
        weights[l],
        inputs,
        0f,
        activations[l + 1],
        units);
  }

  /** units × inputs = units × examples times examples × inputs. */
  private void weightGradient(int l) {
    int inputs = layout.inputs(l);
    int units = layout.outputs(l);
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        units,
        inputs,
        batchSize,
        1f,
        deltas[l + 1],
        units,
        activations[l],
        inputs,
        0f,
        gradients[l],
        inputs);
  }

  /** examples × inputs = examples × units times units × inputs. */
  private void inputGradient(int l) {
    int inputs = layout.inputs(l);
    int units = layout.outputs(l);
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        batchSize,
        inputs,
        units,
        1f,
        deltas[l + 1],
        units,
        weights[l],
        inputs,
        0f,
        deltas[l],
        inputs);
  }

  @TearDown
  public void free() {
    activations[0].deallocate();
    for (int l = 0; l < layers; l++) {
      weights[l].deallocate();
      gradients[l].deallocate();
      activations[l + 1].deallocate();
      deltas[l + 1].deallocate();
    }
  }
}
