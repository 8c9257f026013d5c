package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A list, or the beginning and the end of one that is too long for a page.
 *
 * @param items those that are shown, in order
 * @param gap before which of them others are left out; as many as there are items where none are
 * @param leftOut how many are not shown
 */
record Excerpt<T>(List<T> items, int gap, int leftOut) {
  Excerpt {
    items = List.copyOf(items);
  }

  /** All of a list of at most {@code most}, else half as many from each end. */
  static <T> Excerpt<T> of(List<T> all, int most) {
    if (all.size() <= most) {
      return new Excerpt<>(all, all.size(), 0);
    }
    int before = most / 2;
    List<T> items = new ArrayList<>(all.subList(0, before));
    items.addAll(all.subList(all.size() - (most - before), all.size()));
    return new Excerpt<>(items, before, all.size() - most);
  }
}
