package org.shardmean.report;

import java.util.List;
import java.util.stream.Stream;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.RunRecord;

/** Reports of every kind of run. */
final class SamplePages {
  private static final String HOSTILE =
      "<script>alert(1)</script> \"><img src=x onerror='alert(2)'> ${7*7} {0} &amp; ü 😀"
          + " \u202e\u0000";

  private SamplePages() {}

  static Stream<HtmlPage> all() {
    return Stream.of(
        HtmlPage.of(SampleRuns.fiveEpochs(), SampleExamples.tenClasses()),
        HtmlPage.of(
            SampleRuns.inLanguage(SampleRuns.fiveEpochs(), "de"), SampleExamples.tenClasses()),
        HtmlPage.of(SampleRuns.withTest(SampleRuns.notMnist(), 0.02), SampleExamples.tenClasses()),
        HtmlPage.of(SampleRuns.completed("one epoch", 10, 1), SampleExamples.tenClasses()),
        HtmlPage.of(SampleRuns.completed("two classes", 2, 3), SampleExamples.of(2)),
        HtmlPage.of(SampleRuns.completed("62 classes", 62, 2), SampleExamples.of(62)),
        HtmlPage.of(SampleRuns.diverged(), SampleExamples.tenClasses()),
        HtmlPage.of(SampleRuns.failedAtOnce(), ReportExamples.none(28, 28)),
        HtmlPage.of(hostile(), SampleExamples.tenClasses()));
  }

  /** A run all of whose texts try to break out of the page. */
  static RunRecord hostile() {
    RunRecord run = SampleRuns.completed(HOSTILE, 10, 2);
    DataRecord data = run.data();
    return new RunRecord(
        run.status(),
        run.config(),
        List.of("workers = 2: " + HOSTILE, HOSTILE),
        new DataRecord(HOSTILE, false, 60_000, 10_000, 10_000, 28, 28, data.classes(), HOSTILE),
        new Environment(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0, 2, HOSTILE, HOSTILE, HOSTILE),
        HOSTILE,
        run.epochs(),
        run.keptEpoch(),
        run.test(),
        run.parameters(),
        run.parametersSha256(),
        List.of(HOSTILE));
  }
}
