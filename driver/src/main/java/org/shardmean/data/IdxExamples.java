package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Labelled images in a large plain pair of IDX files: executors read those that they need. Several
 * selections are read together, in one pass through the file: neighbours in pieces of megabytes,
 * and where the next image is far, the bytes between are left out.
 */
final class IdxExamples implements ExampleSource {
  private static final long serialVersionUID = 1L;

  /** Bytes between two images that are read too, because finding the next place takes as long. */
  private static final int MOST_GAP = 64 << 10;

  private static final int MOST_BYTES_AT_ONCE = 4 << 20;

  /** Of the heap, what is read in one pass before it is handed on. */
  private static final int SHARE_OF_HEAP = 8;

  private final IdxFilePair files;
  private final int checksum;

  /** All labels, once somebody has asked for one. */
  private transient volatile byte[] labels;

  /**
   * Images of these files.
   *
   * @param checksum of all of them, as {@link ImageSet#checksum}
   */
  IdxExamples(IdxFilePair files, int checksum) {
    this.files = requireNonNull(files, "files");
    this.checksum = checksum;
  }

  @Override
  public int count() {
    return files.count();
  }

  @Override
  public int height() {
    return files.height();
  }

  @Override
  public int width() {
    return files.width();
  }

  @Override
  public int classes() {
    return files.classes();
  }

  @Override
  public long[] countsPerClass() {
    return files.countsPerClass();
  }

  @Override
  public int checksum() {
    return checksum;
  }

  @Override
  public boolean isMadeOnDemand() {
    return true;
  }

  /** The first call on a machine reads all labels, one byte each. */
  @Override
  public int label(int i) {
    byte[] all = labels;
    if (all == null) {
      all = files.readLabels();
      labels = all;
    }
    return all[i] & 0xff;
  }

  @Override
  public ImageSet select(int[] indices) {
    return read(List.of(indices)).get(0);
  }

  @Override
  public Iterator<Examples> selectEach(Iterator<int[]> selections) {
    return new Passes(selections);
  }

  /** Reads some selections at a time. */
  private final class Passes implements Iterator<Examples> {
    private final Iterator<int[]> selections;
    private final Deque<ImageSet> read = new ArrayDeque<>();

    Passes(Iterator<int[]> selections) {
      this.selections = requireNonNull(selections, "selections");
    }

    @Override
    public boolean hasNext() {
      return !read.isEmpty() || selections.hasNext();
    }

    @Override
    public Examples next() {
      if (read.isEmpty()) {
        read.addAll(read(nextSelections()));
      }
      return read.remove();
    }

    private List<int[]> nextSelections() {
      long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
      List<int[]> group = new ArrayList<>();
      long bytes = 0;
      do {
        int[] selection = selections.next();
        group.add(selection);
        bytes += (long) selection.length * files.pixels();
      } while (bytes < most && selections.hasNext());
      return group;
    }
  }

  /** Reads these images in the order of the file, and puts each where it belongs. */
  private List<ImageSet> read(List<int[]> selections) {
    Wanted wanted = new Wanted(selections, count());
    List<ImageSet.Filling> sets =
        selections.stream()
            .map(images -> new ImageSet.Filling(images.length, height(), width(), classes()))
            .toList();
    int pixels = files.pixels();
    byte[] buffer = new byte[Math.max(pixels, MOST_BYTES_AT_ONCE)];
    try (IdxFilePair.Reading reading = files.open()) {
      for (int from = 0; from < wanted.count(); ) {
        int end = wanted.endOfRun(from, MOST_GAP / pixels, buffer.length / pixels);
        int first = wanted.image(from);
        reading.images(first, wanted.image(end - 1) - first + 1, buffer);
        for (int i = from; i < end; i++) {
          int image = wanted.image(i);
          sets.get(wanted.selection(i))
              .put(wanted.row(i), reading.label(image), buffer, (image - first) * pixels);
        }
        from = end;
      }
      reading.requireUnchanged();
    }
    return sets.stream().map(ImageSet.Filling::filled).toList();
  }

  /** Which images several selections want, in the order of the file. */
  private static final class Wanted {
    private final int[] starts;

    /** The number of the image, and in the lower half its place in all selections. */
    private final long[] imageAndPlace;

    Wanted(List<int[]> selections, int of) {
      this.starts = new int[selections.size()];
      int all = 0;
      for (int s = 0; s < starts.length; s++) {
        starts[s] = all;
        all = Math.addExact(all, selections.get(s).length);
      }
      this.imageAndPlace = new long[all];
      int place = 0;
      for (int[] selection : selections) {
        for (int image : selection) {
          if (image < 0 || image >= of) {
            throw new IndexOutOfBoundsException(
                "images are numbered 0 to " + (of - 1) + ", found " + image);
          }
          imageAndPlace[place] = (long) image << Integer.SIZE | place;
          place++;
        }
      }
      Arrays.sort(imageAndPlace);
    }

    int count() {
      return imageAndPlace.length;
    }

    int image(int i) {
      return (int) (imageAndPlace[i] >>> Integer.SIZE);
    }

    /** The end of those that are read together with number {@code from}. */
    int endOfRun(int from, int mostBetween, int mostImages) {
      int end = from + 1;
      while (end < count()
          && image(end) - image(end - 1) - 1 <= mostBetween
          && image(end) - image(from) < mostImages) {
        end++;
      }
      return end;
    }

    /** Empty selections begin where the next one does: the last of them is meant. */
    int selection(int i) {
      int place = (int) imageAndPlace[i];
      int found = Arrays.binarySearch(starts, place);
      if (found < 0) {
        return -found - 2;
      }
      while (found + 1 < starts.length && starts[found + 1] == place) {
        found++;
      }
      return found;
    }

    int row(int i) {
      return (int) imageAndPlace[i] - starts[selection(i)];
    }
  }

  @Override
  public String toString() {
    return count() + " images of " + height() + "x" + width() + " in " + files;
  }
}
