package org.shardmean.jobs.data;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.shardmean.data.DownloadListener;
import org.shardmean.jobs.console.ProgressBar;
import org.shardmean.jobs.console.Terminal;

/**
 * Shows a download: on a terminal a bar that grows, elsewhere a line when it begins. A failure is
 * told when another attempt follows; the error that ends them all names each.
 */
final class DownloadProgress implements DownloadListener {
  private final PrintStream out;
  private final boolean live;
  private final ProgressBar bar;
  private long expected;
  private int shownPercent = -1;
  private final List<String> failures = new ArrayList<>();

  DownloadProgress(PrintStream out, Charset charset, boolean live) {
    this.out = out;
    this.live = live;
    this.bar = ProgressBar.forCharset(charset);
  }

  /** On a stream of this process. */
  static DownloadProgress on(PrintStream out, Map<String, String> environment) {
    Terminal terminal = Terminal.of(environment);
    return new DownloadProgress(out, terminal.charset(), terminal.live());
  }

  @Override
  public void started(URI from, OptionalLong bytes) {
    expected = bytes.orElse(0);
    shownPercent = -1;
    failures.forEach(out::println);
    failures.clear();
    out.println("Downloading " + from);
  }

  @Override
  public void received(URI from, long bytes) {
    int percent = expected > 0 ? (int) Math.min(100, 100 * bytes / expected) : 0;
    if (live && percent > shownPercent) {
      out.print(String.format(Locale.ROOT, "\r%s %3d%%", bar.drawn(percent, 100), percent));
      out.flush();
      shownPercent = percent;
    }
  }

  @Override
  public void finished(URI from) {
    endLine();
  }

  @Override
  public void failed(URI from, String reason) {
    endLine();
    failures.add(from + ": " + reason);
  }

  private void endLine() {
    if (shownPercent >= 0) {
      out.println();
      shownPercent = -1;
    }
  }
}
