package org.shardmean.report;

import java.util.List;
import org.shardmean.metrics.ClassifiedDigit;

/**
 * The images a report shows.
 *
 * @param height pixels of an image
 * @param width pixels of an image
 * @param samples what the training examples look like; their probabilities may be empty
 * @param right validation examples that were classified rightly
 * @param wrong validation examples that were not
 */
public record ReportExamples(
    int height,
    int width,
    List<ClassifiedDigit> samples,
    List<ClassifiedDigit> right,
    List<ClassifiedDigit> wrong) {
  public ReportExamples {
    samples = List.copyOf(samples);
    right = List.copyOf(right);
    wrong = List.copyOf(wrong);
    for (List<ClassifiedDigit> digits : List.of(samples, right, wrong)) {
      for (ClassifiedDigit digit : digits) {
        if (digit.image().pixels().length != height * width) {
          throw new IllegalArgumentException(
              "an example of %d × %d pixels has %d bytes, found %d"
                  .formatted(height, width, height * width, digit.image().pixels().length));
        }
      }
    }
  }

  /** No images: for a run that ended before it classified any. */
  public static ReportExamples none(int height, int width) {
    return new ReportExamples(height, width, List.of(), List.of(), List.of());
  }
}
