package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shardmean.metrics.Answers;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.Examination;
import org.shardmean.metrics.Residuals;

/**
 * The images that a run keeps to show them to people, what they come from, and what its network
 * answers.
 *
 * @param height pixels of an image
 * @param width pixels of an image
 * @param trainPerClass training images of each class, in order of class
 * @param samples what the training examples look like; their probabilities may be empty
 * @param examination a closer look at the validation examples, by the network that was saved
 * @param answers of the network that was saved to the validation examples; none where it was not
 *     asked, or where there are more than {@link Answers#MOST}
 * @param workers which training images belong to which worker, of the first workers in the first
 *     epoch; none for a single worker
 * @param reconstructions what an autoencoder does with validation images; empty for a classifier
 * @param residuals how far the answers are from each target, of a network that answers rows with
 *     numbers; else empty
 * @param givenBackRows what an autoencoder does with validation rows; empty for other networks
 */
public record ShownImages(
    int height,
    int width,
    List<Long> trainPerClass,
    List<ClassifiedExample> samples,
    Examination examination,
    Answers answers,
    List<WorkerShare> workers,
    Optional<Reconstructions> reconstructions,
    List<Residuals> residuals,
    Optional<GivenBackRows> givenBackRows) {
  /** Of a classifier. */
  public ShownImages(
      int height,
      int width,
      List<Long> trainPerClass,
      List<ClassifiedExample> samples,
      Examination examination,
      Answers answers,
      List<WorkerShare> workers) {
    this(
        height,
        width,
        trainPerClass,
        samples,
        examination,
        answers,
        workers,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if an image is not of the given size
   */
  public ShownImages {
    trainPerClass = List.copyOf(trainPerClass);
    samples = List.copyOf(samples);
    requireNonNull(examination, "examination");
    requireNonNull(answers, "answers");
    workers = List.copyOf(workers);
    requireNonNull(reconstructions, "reconstructions");
    residuals = List.copyOf(residuals);
    requireNonNull(givenBackRows, "givenBackRows");
    Stream.concat(
            Stream.concat(
                    Stream.of(samples, examination.correct(), examination.misclassified()),
                    workers.stream().map(WorkerShare::samples))
                .flatMap(List::stream)
                .map(example -> example.image().pixels()),
            reconstructions.stream().flatMap(Reconstructions::images))
        .map(pixels -> pixels.length)
        .filter(bytes -> bytes != height * width)
        .findFirst()
        .ifPresent(
            bytes -> {
              throw new IllegalArgumentException(
                  "an example of %d × %d pixels has %d bytes, found %d"
                      .formatted(height, width, height * width, bytes));
            });
  }

  /** The same images, with what an autoencoder does with others. */
  public ShownImages withReconstructions(Optional<Reconstructions> others) {
    return new ShownImages(
        height,
        width,
        trainPerClass,
        samples,
        examination,
        answers,
        workers,
        others,
        residuals,
        givenBackRows);
  }

  /** The same images, with how far a network's answers are from each target. */
  public ShownImages withResiduals(List<Residuals> others) {
    return new ShownImages(
        height,
        width,
        trainPerClass,
        samples,
        examination,
        answers,
        workers,
        reconstructions,
        others,
        givenBackRows);
  }

  /** The same images, with what an autoencoder does with rows. */
  public ShownImages withGivenBackRows(Optional<GivenBackRows> others) {
    return new ShownImages(
        height,
        width,
        trainPerClass,
        samples,
        examination,
        answers,
        workers,
        reconstructions,
        residuals,
        others);
  }

  /** No images: for a run that ended before it classified any. */
  public static ShownImages none(int height, int width, int classes) {
    return new ShownImages(
        height,
        width,
        Collections.nCopies(classes, 0L),
        List.of(),
        Examination.empty(classes),
        Answers.NONE,
        List.of());
  }
}
