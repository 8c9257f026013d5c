package org.shardmean.jobs.console;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.shardmean.data.GreyImage;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.report.ImageText;
import org.shardmean.report.Texts;
import org.shardmean.run.Language;

/**
 * Where a job's text appears.
 *
 * @param charset what is understood there
 * @param live whether a line that was written can be written over
 * @param images how images are drawn there
 */
public record Terminal(Charset charset, boolean live, ImageText images) {
  private static final int WIDTH = 80;

  /**
   * As the launcher found it; a process cannot see by itself whether it writes to a terminal.
   * Colour needs one that says it has 24 bits of it, and an encoding with block drawing.
   */
  public static Terminal of(Map<String, String> environment) {
    Charset charset = Charset.forName(System.getProperty("native.encoding"));
    boolean live = "live".equals(environment.get("SHARDMEAN_TERMINAL"));
    boolean colour =
        live
            && List.of("truecolor", "24bit").contains(environment.getOrDefault("COLORTERM", ""))
            && charset.equals(StandardCharsets.UTF_8);
    ImageText images = new ImageText(width(environment.getOrDefault("COLUMNS", "")), colour);
    return new Terminal(charset, live, images);
  }

  /** The texts of a language where they can be shown, else the English ones. */
  public static Texts texts(Language language, Charset charset) {
    Texts texts = Texts.of(language);
    return texts.canBeWrittenIn(charset) ? texts : Texts.of(Language.EN);
  }

  /** The texts of a language for standard output, where it can show them, else the English ones. */
  public static Texts texts(Language language) {
    return texts(language, of(System.getenv()).charset());
  }

  /** ImageSet with their labels, drawn. */
  public String drawn(List<ClassifiedExample> shown, int height, int width) {
    return images.draw(
        shown.stream().map(digit -> new GreyImage(digit.image().pixels(), height, width)).toList(),
        shown.stream().map(digit -> String.valueOf(digit.actual())).toList());
  }

  private static int width(String columns) {
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : WIDTH;
  }
}
