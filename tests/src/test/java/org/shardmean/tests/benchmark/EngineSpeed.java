package org.shardmean.tests.benchmark;

/**
 * How fast one core trains 784-128-64-10 with Adam at one batch size.
 *
 * @param batchSize examples in a step
 * @param fused the fused engine's whole step
 * @param dl4j DL4J's fit
 * @param ceiling the step's matrix products alone
 */
public record EngineSpeed(int batchSize, Speed fused, Speed dl4j, Speed ceiling) {

  /** The ceiling in thousand million floating-point operations a second. */
  public double ceilingGflops() {
    return ceiling.median() * MatrixProductsBenchmark.operations(batchSize) / batchSize * 1e-9;
  }

  public double timesDl4j() {
    return fused.times(dl4j);
  }

  public double shareOfCeiling() {
    return fused.times(ceiling);
  }
}
