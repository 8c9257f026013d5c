package org.shardmean.report;

import java.util.List;
import org.shardmean.model.Task;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Language;

/** Several runs side by side, in one page that needs no network. */
public final class RunsReport {
  /** There are no more colours and marks. */
  public static final int MOST_RUNS = 8;

  private RunsReport() {}

  /**
   * The page.
   *
   * @param runs each is compared with the first
   * @throws ConfigurationException if there are fewer than two runs, or more than {@value
   *     #MOST_RUNS}, or one does not classify
   */
  public static String render(List<SavedRun> runs, Language language) {
    if (runs.size() < 2 || runs.size() > MOST_RUNS) {
      throw new ConfigurationException(
          "RUN: expected 2 to %d runs to compare, found %d; give fewer folders"
              .formatted(MOST_RUNS, runs.size()));
    }
    runs.forEach(RunsReport::requireClassifier);
    return Templates.render("report/runs.jte", page(runs, Texts.of(language)), PageCode.PLAIN);
  }

  /** Runs are compared by the examples that they classify correctly. */
  private static void requireClassifier(SavedRun run) {
    String found =
        switch (Task.of(run.record().config().model().output())) {
          case CLASSIFICATION -> "";
          case REGRESSION -> "a regression";
          case AUTOENCODER -> "an autoencoder";
        };
    if (!found.isEmpty()) {
      throw new ConfigurationException(
          "%s: expected runs that classify, found %s; give it alone"
              .formatted(run.folder(), found));
    }
  }

  /** How each run compares with the first: the page's first sentences. */
  public static List<String> findings(List<SavedRun> runs, Texts texts) {
    return page(runs, texts).findings();
  }

  private static RunsPage page(List<SavedRun> runs, Texts texts) {
    return new RunsPage(runs, texts, new Figures(texts.locale()));
  }
}
