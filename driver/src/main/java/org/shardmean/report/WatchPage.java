package org.shardmean.report;

import org.shardmean.data.VisibleText;
import org.shardmean.run.Language;

/**
 * The page of {@code watch}, which asks its server for {@code state.json} once a second.
 *
 * @param name of the run, for people
 * @param t the texts, in one language
 */
public record WatchPage(String name, Texts t) {
  public WatchPage {
    name = VisibleText.of(name);
  }

  /** The page of a run. */
  public static String render(String name, Language language) {
    return Templates.render(
        "report/watch.jte", new WatchPage(name, Texts.of(language)), PageCode.WATCH);
  }
}
