package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;

/** Generated digits with made-up probabilities, for reports of {@link SampleRuns}. */
public final class SampleExamples {
  private static final int SAMPLES = 40;
  private static final int CLASSIFIED = 18;

  private SampleExamples() {}

  /** Samples, and digits classified correctly and not, over ten classes. */
  public static ReportExamples tenClasses() {
    return of(10);
  }

  /** The same over any number of classes from 2: labels are taken modulo their number. */
  static ReportExamples of(int classes) {
    GeneratedExamples drawn = new GeneratedExamples(1_000, 7, false);
    ImageSet digits = drawn.select(IntStream.range(0, SAMPLES + 2 * CLASSIFIED).toArray());
    List<ClassifiedExample> samples = new ArrayList<>();
    List<ClassifiedExample> correct = new ArrayList<>();
    List<ClassifiedExample> misclassified = new ArrayList<>();
    for (int i = 0; i < digits.count(); i++) {
      int actual = digits.label(i) % classes;
      if (i < SAMPLES) {
        samples.add(new ClassifiedExample(i, actual, ClassifiedImage.unasked(digits.image(i))));
      } else if (i < SAMPLES + CLASSIFIED) {
        correct.add(classified(i, digits, actual, actual, classes));
      } else {
        misclassified.add(classified(i, digits, actual, (actual * 7 + 3) % classes, classes));
      }
    }
    return new ReportExamples(digits.height(), digits.width(), samples, correct, misclassified);
  }

  private static ClassifiedExample classified(
      int i, ImageSet digits, int actual, int likeliest, int classes) {
    int predicted =
        likeliest == actual && i >= SAMPLES + CLASSIFIED ? (actual + 1) % classes : likeliest;
    SplittableRandom random = new SplittableRandom(i);
    float[] probabilities = new float[classes];
    float first = (float) (0.5 + 0.49 * random.nextDouble());
    float second = predicted == actual ? 0 : (float) ((1 - first) * 0.8);
    for (int c = 0; c < classes; c++) {
      probabilities[c] = (1 - first - second) / classes;
    }
    probabilities[predicted] += first;
    probabilities[actual] += second;
    return new ClassifiedExample(i, actual, new ClassifiedImage(digits.image(i), probabilities));
  }
}
