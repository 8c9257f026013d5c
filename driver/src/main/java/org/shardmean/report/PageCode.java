package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.shardmean.data.Sha256;

/**
 * The style sheet and the script of a page, and the Content-Security-Policy that allows these two
 * and nothing else. A page reads without its script.
 *
 * @param css what stands between the style tags, to the byte
 * @param script what stands between the script tags, to the byte; empty where there is none
 */
public record PageCode(String css, String script) {
  /** Of a page without a script. */
  public static final PageCode PLAIN = new PageCode(read("report.css"), "");

  /** Of the page that follows a run. */
  static final PageCode WATCH =
      new PageCode(PLAIN.css(), script("place.js", "curve.js", "watch.js"));

  /** Of a run's report. */
  static final PageCode REPORT =
      new PageCode(
          PLAIN.css(),
          script(
              "network.js",
              "place.js",
              "curve.js",
              "report.js",
              "pad.js",
              "matrix.js",
              "neuron.js",
              "descent.js",
              "xor.js"));

  /**
   * @throws IllegalArgumentException if the style sheet or the script would end its own element
   */
  public PageCode {
    if (css.contains("</") || script.contains("</") || script.contains("<!--")) {
      throw new IllegalArgumentException("expected neither </ nor <!-- within a page's element");
    }
  }

  /**
   * No network, no frame, no form; this style sheet and this script by their hashes, images only
   * from within the page.
   */
  public String policy() {
    return "default-src 'none'; style-src "
        + hash(css)
        + (script.isEmpty() ? "" : "; script-src " + hash(script))
        + "; img-src data:; base-uri 'none'; form-action 'none'";
  }

  /** As {@link #policy}, of a page that may ask the server which it came from. */
  public String policyWithServer() {
    return policy() + "; connect-src 'self'";
  }

  private static String hash(String text) {
    byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  /** Several files as one script, in their order. */
  private static String script(String... files) {
    return Arrays.stream(files).map(PageCode::read).collect(Collectors.joining("\n"));
  }

  private static String read(String file) {
    try (InputStream in = requireNonNull(PageCode.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(file + " inside the jar cannot be read", e);
    }
  }
}
