package org.shardmean.report;

import java.util.List;
import java.util.Optional;
import org.shardmean.metrics.Score;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunRecord;

/** A run like another one, but for the parts that are given; its first steps are left out. */
final class ChangedRun {
  private final RunRecord run;
  private RunConfig config;
  private DataRecord data;
  private Environment environment;
  private List<EpochRecord> epochs;
  private int keptEpoch;
  private Optional<Score> test;
  private float[] parameters;
  private List<String> notices;
  private List<RunEvent> events;

  private ChangedRun(RunRecord run) {
    this.run = run;
    this.config = run.config();
    this.data = run.data();
    this.environment = run.environment();
    this.epochs = run.epochs();
    this.keptEpoch = run.keptEpoch();
    this.test = run.test();
    this.parameters = run.parameters();
    this.notices = run.notices();
    this.events = run.events();
  }

  static ChangedRun of(RunRecord run) {
    return new ChangedRun(run);
  }

  ChangedRun config(RunConfig other) {
    this.config = other;
    return this;
  }

  ChangedRun data(DataRecord other) {
    this.data = other;
    return this;
  }

  ChangedRun environment(Environment other) {
    this.environment = other;
    return this;
  }

  ChangedRun epochs(List<EpochRecord> other) {
    this.epochs = other;
    return this;
  }

  ChangedRun keptEpoch(int other) {
    this.keptEpoch = other;
    return this;
  }

  ChangedRun test(Optional<Score> other) {
    this.test = other;
    return this;
  }

  ChangedRun parameters(float[] other) {
    this.parameters = other;
    return this;
  }

  ChangedRun notices(List<String> other) {
    this.notices = other;
    return this;
  }

  ChangedRun events(List<RunEvent> other) {
    this.events = other;
    return this;
  }

  RunRecord run() {
    return new RunRecord(
        run.status(),
        config,
        run.reasons(),
        data,
        environment,
        run.command(),
        epochs,
        keptEpoch,
        test,
        parameters,
        run.parametersSha256(),
        notices,
        events);
  }
}
