package org.shardmean.run;

import java.util.List;
import org.shardmean.data.Redacted;
import org.shardmean.data.VisibleText;

/**
 * Options or configuration that cannot be run: all that is wrong with them, at once. Addresses in
 * it are {@link Redacted}; characters that cannot be seen are shown by their code points; a line is
 * cut after {@value #LONGEST} characters.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A value in a file may be as long as the file. */
  private static final int LONGEST = 2000;

  private final List<String> problems;

  /**
   * @param problems at least one; each a line that names the option, what was expected, what was
   *     found and the remedy
   */
  public ConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), lines(problems)));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a configuration error must name a problem");
    }
    this.problems = lines(problems);
  }

  /** For one problem. */
  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  private static List<String> lines(List<String> problems) {
    return problems.stream()
        .map(Redacted::of)
        .map(VisibleText::of)
        .map(ConfigurationException::cut)
        .toList();
  }

  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** At least one line. */
  public List<String> problems() {
    return problems;
  }
}
