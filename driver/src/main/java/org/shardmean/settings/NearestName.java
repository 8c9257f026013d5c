package org.shardmean.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The valid name that a wrong one was probably meant to be. */
public final class NearestName {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private NearestName() {}

  /**
   * The name with the fewest changed letters; none if that would change half the word or more. One
   * that begins with what was written counts as near.
   */
  public static Optional<String> of(String written, Collection<String> names) {
    String wanted = written.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> isNear(wanted, name))
        .min(
            Comparator.comparingInt((String name) -> DISTANCE.apply(wanted, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean isNear(String wanted, String name) {
    boolean begins = wanted.length() >= 3 && name.startsWith(wanted);
    int longer = Math.max(wanted.length(), name.length());
    boolean isAsLong = 2 * Math.abs(wanted.length() - name.length()) < longer;
    return begins || (isAsLong && 2 * DISTANCE.apply(wanted, name) < longer);
  }
}
