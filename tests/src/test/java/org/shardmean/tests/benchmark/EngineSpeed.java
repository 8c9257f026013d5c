package org.shardmean.tests.benchmark;

/**
 * How fast one core trains 784-128-64-10 with Adam at one batch size.
 *
 * @param batchSize examples in a step
 * @param fused the fused engine's whole step
 * @param dl4j DL4J's fit
 * @param ceiling the step's matrix products alone
 * @param ceilingGflops the same in thousand million operations a second
 */
public record EngineSpeed(
    int batchSize, Speed fused, Speed dl4j, Speed ceiling, double ceilingGflops) {

  static EngineSpeed of(int batchSize, Speed fused, Speed dl4j, Speed ceiling) {
    double operationsPerImage = MatrixProductsBenchmark.operations(batchSize) / batchSize;
    return new EngineSpeed(
        batchSize, fused, dl4j, ceiling, ceiling.median() * operationsPerImage * 1e-9);
  }

  public double timesDl4j() {
    return fused.median() / dl4j.median();
  }

  public double shareOfCeiling() {
    return fused.median() / ceiling.median();
  }
}
