package org.shardmean.tests.benchmark;

/**
 * How fast one core trains 784-128-64-10 with Adam at one batch size.
 *
 * @param batchSize examples in a step
 * @param fused the fused engine's whole step
 * @param dl4j DL4J's fit
 * @param ceiling the step's matrix products alone
 */
<<<<<<< HEAD
public record EngineSpeed(int batchSize, Speed fused, Speed dl4j, Speed ceiling) {

  /** The ceiling in thousand million floating-point operations a second. */
  public double ceilingGflops() {
    return ceiling.median() * MatrixProductsBenchmark.operations(batchSize) / batchSize * 1e-9;
=======
public record EngineSpeed(
    int batchSize, Spread fused, Spread dl4j, Spread ceiling, double ceilingGflops) {

  static EngineSpeed of(int batchSize, Spread fused, Spread dl4j, Spread ceiling) {
    double operationsPerImage = MatrixProductsBenchmark.operations(batchSize) / batchSize;
    return new EngineSpeed(
        batchSize, fused, dl4j, ceiling, ceiling.median() * operationsPerImage * 1e-9);
>>>>>>> 3dcabe4 (Benchmarks: trainings end to end beside DL4J, MLlib and PyTorch, sync beside empty jobs, scaling; states cross the wire in fewer copies)
  }

  public double timesDl4j() {
    return fused.times(dl4j);
  }

  public double shareOfCeiling() {
    return fused.times(ceiling);
  }
}
