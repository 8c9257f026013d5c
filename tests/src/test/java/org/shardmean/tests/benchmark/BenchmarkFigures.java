package org.shardmean.tests.benchmark;

import java.util.List;

/**
 * All that one run of the benchmark measured.
 *
 * @param machine what it ran on
 * @param data that the end-to-end trainings learned
 * @param engine one core's steps
 * @param endToEnd whole trainings
 * @param sync rounds beside empty jobs
 * @param scaling one worker and two
 */
public record BenchmarkFigures(
    Machine machine,
    String data,
    List<EngineSpeed> engine,
    List<EndToEndSpeed> endToEnd,
    List<SyncCost> sync,
    List<ScalingSpeed> scaling) {

  /** For people. */
  String table() {
    return """
        %s, %d cores, load %.1f; %s
        %s; Spark %s; DL4J %s; OpenBLAS kernels %s

        Engine: one core, 784-128-64-10, Adam
        %s
        End to end: %s, 784-128-64-10
        %s
        Sync: a round beside an empty job of as many tasks
        %s
        Scaling: executors of one core each, standalone cluster, generated digits
        %s"""
        .formatted(
            machine.processor(),
            machine.cores(),
            machine.load(),
            machine.os(),
            machine.java(),
            machine.spark(),
            machine.dl4j(),
            machine.blas(),
            EngineBenchmark.table(engine),
            data,
            EndToEndBenchmark.table(endToEnd),
            SyncBenchmark.table(sync),
            ScalingBenchmark.table(scaling));
  }
}
