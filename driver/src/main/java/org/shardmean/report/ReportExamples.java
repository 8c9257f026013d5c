package org.shardmean.report;

import java.util.List;
import org.shardmean.metrics.ClassifiedExample;

/**
 * The images a report shows.
 *
 * @param height pixels of an image
 * @param width pixels of an image
 * @param samples what the training examples look like; their probabilities may be empty
 * @param correct validation examples that were classified correctly
 * @param misclassified validation examples that were not
 */
public record ReportExamples(
    int height,
    int width,
    List<ClassifiedExample> samples,
    List<ClassifiedExample> correct,
    List<ClassifiedExample> misclassified) {
  public ReportExamples {
    samples = List.copyOf(samples);
    correct = List.copyOf(correct);
    misclassified = List.copyOf(misclassified);
    for (List<ClassifiedExample> examples : List.of(samples, correct, misclassified)) {
      for (ClassifiedExample example : examples) {
        if (example.image().pixels().length != height * width) {
          throw new IllegalArgumentException(
              "an example of %d × %d pixels has %d bytes, found %d"
                  .formatted(height, width, height * width, example.image().pixels().length));
        }
      }
    }
  }

  /** No images: for a run that ended before it classified any. */
  public static ReportExamples none(int height, int width) {
    return new ReportExamples(height, width, List.of(), List.of(), List.of());
  }
}
