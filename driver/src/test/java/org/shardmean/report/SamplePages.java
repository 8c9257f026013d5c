package org.shardmean.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.Language;
import org.shardmean.run.RunRecord;

/** Reports of every kind of run. */
final class SamplePages {
  private static final String HOSTILE =
      "<script>alert(1)</script> \"><img src=x onerror='alert(2)'> ${7*7} {0} &amp; ü 😀"
          + " \u202e\u0000";

  private static final List<HtmlPage> ALL =
      runs().values().stream().map(SamplePages::page).toList();

  private SamplePages() {}

  /** Each is rendered once. */
  static Stream<HtmlPage> all() {
    return ALL.stream();
  }

  /** Runs of every ending, language and shape, under names for people. */
  static Map<String, RunRecord> runs() {
    Map<String, RunRecord> runs = new LinkedHashMap<>();
    runs.put("five", SampleRuns.fiveEpochs());
    runs.put("german", SampleRuns.inLanguage(SampleRuns.fiveEpochs(), Language.DE));
    runs.put("japanese", SampleRuns.inLanguage(SampleRuns.fiveEpochs(), Language.JA));
    runs.put("tested", SampleRuns.withTest(SampleRuns.notMnist(), 0.02));
    runs.put("one-epoch", SampleRuns.completed("one epoch", 10, 1));
    runs.put("500-epochs", SampleRuns.completed("500 epochs", 10, 500));
    runs.put("62-classes", SampleRuns.completed("62 classes", 62, 2));
    runs.put("20x12", SampleRuns.shaped("20 × 12, six classes", 20, 12, 6, 4, Set.of(2)));
    runs.put("1x1", SampleRuns.shaped("1 × 1, two classes", 1, 1, 2, 3, Set.of()));
    runs.put("200x200", SampleRuns.shaped("200 × 200", 200, 200, 3, 3, Set.of()));
    runs.put("256-classes", SampleRuns.shaped("256 classes", 16, 16, 256, 40, Set.of(0, 255)));
    runs.put("diverged", SampleRuns.diverged());
    runs.put("failed", SampleRuns.failedAtOnce());
    runs.put("hostile", hostile());
    return runs;
  }

  static HtmlPage page(RunRecord run) {
    return HtmlPage.of(run, SampleExamples.of(run));
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
        List.of(HOSTILE),
        List.of());
  }
}
