package org.shardmean.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.Answers;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Examination;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;
import org.shardmean.run.WorkerShare;

/** Images with made-up probabilities, for reports of {@link SampleRuns}. */
public final class SampleExamples {
  private static final int SAMPLES = 40;

  /** Beside these many misclassified examples, four times as many correct ones are examined. */
  private static final int MISCLASSIFIED = 60;

  private SampleExamples() {}

  /** Generated digits of ten classes, as {@link SampleRuns#fiveEpochs} misclassifies them. */
  public static ShownImages tenClasses() {
    return of(SampleRuns.fiveEpochs());
  }

  /** Images of a run's shape, some of each cell that its last confusion matrix counts. */
  public static ShownImages of(RunRecord run) {
    int classes = run.data().classes();
    if (run.epochs().isEmpty()) {
      return ShownImages.none(run.data().height(), run.data().width(), classes);
    }
    ImageSet images = images(run.data().height(), run.data().width(), classes);
    return run.config().model().isClassifier()
        ? of(run, images, MISCLASSIFIED)
        : ofAutoencoder(run, images);
  }

  /** As many images as a report may have, of noise, which no file format makes smaller. */
  static ShownImages noisy(RunRecord run) {
    SplittableRandom random = new SplittableRandom(1);
    ImageSet noise =
        ImageSet.paint(
            2_000,
            run.data().height(),
            run.data().width(),
            run.data().classes(),
            (i, into, at) -> {
              for (int p = 0; p < run.data().height() * run.data().width(); p++) {
                into[at + p] = (byte) random.nextInt(256);
              }
              return i % run.data().classes();
            });
    return of(run, noise, Integer.MAX_VALUE);
  }

  private static ShownImages ofAutoencoder(RunRecord run, ImageSet images) {
    int classes = run.data().classes();
    return new ShownImages(
            images.height(),
            images.width(),
            Collections.nCopies(classes, 10_000L),
            samples(images),
            Examination.empty(classes),
            Answers.NONE,
            List.of())
        .withReconstructions(Optional.of(SampleReconstructions.of(images)));
  }

  private static List<ClassifiedExample> samples(ImageSet images) {
    List<ClassifiedExample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(
          new ClassifiedExample(i, images.label(i), ClassifiedImage.unasked(images.image(i))));
    }
    return samples;
  }

  private static ShownImages of(RunRecord run, ImageSet images, int mostMistakes) {
    int classes = run.data().classes();
    List<ClassifiedExample> samples = samples(images);
    ConfusionMatrix confusion = run.epochs().get(run.epochs().size() - 1).validation().confusion();
    Examination examination = examined(images, confusion, mostMistakes);
    return new ShownImages(
        images.height(),
        images.width(),
        IntStream.range(0, classes).mapToObj(label -> 60_000L / classes - label % 7).toList(),
        samples,
        examination,
        answers(run.data().validationExamples(), examination),
        shares(run, samples));
  }

  /** The samples in turn, to each of the run's workers. */
  private static List<WorkerShare> shares(RunRecord run, List<ClassifiedExample> samples) {
    int workers = run.config().averaging().workers();
    int classes = run.data().classes();
    return IntStream.range(0, workers == 1 ? 0 : Math.min(workers, WorkerShare.MOST_WORKERS))
        .mapToObj(
            worker ->
                new WorkerShare(
                    worker,
                    Collections.nCopies(classes, 60_000L / classes / workers),
                    samples.subList(10 * worker % 30, 10 * worker % 30 + 10)))
        .toList();
  }

  /** All correct, but for the misclassified examples of an examination. */
  private static Answers answers(int count, Examination examination) {
    byte[] actual = new byte[count];
    for (int i = 0; i < count; i++) {
      actual[i] = (byte) (i % examination.classes());
    }
    Stream.of(examination.correct(), examination.misclassified())
        .flatMap(List::stream)
        .forEach(example -> actual[example.example()] = (byte) example.actual());
    byte[] predicted = actual.clone();
    examination
        .misclassified()
        .forEach(one -> predicted[one.example()] = (byte) one.image().predicted());
    return new Answers(actual, predicted);
  }

  private static Examination examined(
      ImageSet images, ConfusionMatrix confusion, int mostMistakes) {
    Examination examination = Examination.empty(confusion.classes());
    int mistakes = 0;
    for (int i = 0; i < images.count(); i++) {
      int actual = images.label(i);
      int mistaken = usualMistake(confusion, actual);
      boolean isCorrect = i % 5 != 0 || mistakes >= mostMistakes || mistaken == actual;
      if (confusion.perClass().get(actual).support() > 0) {
        mistakes += isCorrect ? 0 : 1;
        examination =
            examination.with(classified(i, images, isCorrect ? actual : mistaken, confusion));
      }
    }
    return examination;
  }

  /** The class that a class was most often mistaken for; itself where it never was. */
  private static int usualMistake(ConfusionMatrix confusion, int actual) {
    int most = actual;
    long count = 0;
    for (int predicted = 0; predicted < confusion.classes(); predicted++) {
      if (predicted != actual && confusion.count(actual, predicted) > count) {
        most = predicted;
        count = confusion.count(actual, predicted);
      }
    }
    return most;
  }

  private static ClassifiedExample classified(
      int i, ImageSet images, int predicted, ConfusionMatrix confusion) {
    SplittableRandom random = new SplittableRandom(i);
    int actual = images.label(i);
    float[] probabilities = new float[confusion.classes()];
    float first = (float) (0.55 + 0.44 * Math.sqrt(random.nextDouble()));
    float second = predicted == actual ? 0 : (float) ((1 - first) * 0.8);
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = (1 - first - second) / probabilities.length;
    }
    probabilities[predicted] += first;
    probabilities[actual] += second;
    return new ClassifiedExample(i, actual, new ClassifiedImage(images.image(i), probabilities));
  }

  /** Digits where they fit; else bars at the place of their class, with noise. */
  private static ImageSet images(int height, int width, int classes) {
    int count = SAMPLES + 10 * MISCLASSIFIED;
    if (height == 28 && width == 28 && classes == 10) {
      return new GeneratedExamples(1_000, 7, false).select(IntStream.range(0, count).toArray());
    }
    return ImageSet.paint(
        count,
        height,
        width,
        classes,
        (i, into, at) -> {
          SplittableRandom random = new SplittableRandom(i);
          int label = i % classes;
          for (int p = 0; p < height * width; p++) {
            boolean isInk = p % width * classes / width == label || p / width == label % height;
            into[at + p] = (byte) (isInk ? 255 - random.nextInt(60) : random.nextInt(50));
          }
          return label;
        });
  }
}
