package org.shardmean.tests.benchmark;

/**
 * A part of a training, mostly an epoch.
 *
 * @param images seen in it
 * @param seconds of training; evaluation, start and loading are left out
 * @param accuracy on the validation images after it
 */
public record Stretch(long images, double seconds, double accuracy) {
  private static final String MARK = "stretch ";

  double imagesPerSecond() {
    return images / seconds;
  }

  /** As a contender prints it on a line of its standard output. */
  String written() {
    return MARK + images + " " + seconds + " " + accuracy;
  }

  static boolean isIn(String line) {
    return line.startsWith(MARK);
  }

  /** What {@link #written} made. */
  static Stretch read(String line) {
    String[] words = line.substring(MARK.length()).split(" ", -1);
    return new Stretch(
        Long.parseLong(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }
}
