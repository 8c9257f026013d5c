package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.shardmean.data.Sha256;

/**
 * The one style sheet of a page and the Content-Security-Policy that allows it and nothing else.
 *
 * @param css what stands between the style tags, to the byte
 */
public record StyleSheet(String css) {
  public static final StyleSheet REPORT = read("report.css");

  /**
   * No script, no network, no frame, no form; this style sheet by its hash, images only from within
   * the page.
   */
  public String policy() {
    return "default-src 'none'; style-src 'sha256-"
        + sha256()
        + "'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private String sha256() {
    return Base64.getEncoder().encodeToString(Sha256.of(css.getBytes(StandardCharsets.UTF_8)));
  }

  private static StyleSheet read(String file) {
    try (InputStream in = requireNonNull(StyleSheet.class.getResourceAsStream(file), file)) {
      return new StyleSheet(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " inside the jar cannot be read", e);
    }
  }
}
