package org.shardmean.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.shardmean.metrics.Answers;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.McNemar;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.ShownImages;

/**
 * Two runs, compared image by image where both were validated on the same images.
 *
 * @param number of the second among the runs of a page, from 1; the first is number 1
 */
record RunPair(SavedRun first, SavedRun second, int number) {
  /** Images of a list that are shown. */
  private static final int MOST_IMAGES = 24;

  /** Cells that a list names beside matrices of many classes. */
  private static final int MOST_CELLS_LISTED = 20;

  /** An image that one run classifies correctly and the other does not. */
  record Judged(String image, int actual, int byFirst, int bySecond) {}

  /**
   * How many more images the second run puts into a cell than the first.
   *
   * @param isGood whether that is for the better: more correct answers, or fewer mistakes
   * @param shade 0 (no difference) to {@value ShadedMatrix#SHADES}
   */
  record Cell(int actual, int predicted, long difference, boolean isGood, int shade) {
    /** The CSS class it is shown with: {@code r1} … for the better, {@code w1} … for the worse. */
    String style() {
      return (isGood && difference != 0 ? "r" : "w") + shade;
    }
  }

  /** Whether both folders say what the networks answer. */
  boolean hasAnswers() {
    return answers(first).count() > 0 && answers(second).count() > 0;
  }

  /** Whether both networks were asked for the same images. */
  boolean isOfTheSameImages() {
    return first.record().data().checksum().equals(second.record().data().checksum())
        && answers(first).isOfTheSameExamples(answers(second));
  }

  /** The test; none where it cannot be made. */
  Optional<McNemar> test() {
    return isOfTheSameImages()
        ? Optional.of(McNemar.of(answers(first), answers(second)))
        : Optional.empty();
  }

  private static Answers answers(SavedRun run) {
    return run.images().map(ShownImages::answers).orElse(Answers.NONE);
  }

  /** Some of the images that the first run alone classifies correctly. */
  List<Judged> onlyFirst() {
    return judged(first, second);
  }

  /** Some of the images that the second run alone classifies correctly. */
  List<Judged> onlySecond() {
    return judged(second, first);
  }

  /** Of the mistakes that the folder of {@code wrong} shows, those that {@code right} avoids. */
  private List<Judged> judged(SavedRun right, SavedRun wrong) {
    return wrong.images().stream()
        .flatMap(images -> images.examination().misclassified().stream())
        .filter(mistake -> mistake.example() >= 0)
        .filter(mistake -> mistake.example() < answers(right).count())
        .filter(mistake -> answers(right).isCorrect(mistake.example()))
        .limit(MOST_IMAGES)
        .map(mistake -> judged(wrong.images().orElseThrow(), mistake))
        .toList();
  }

  private Judged judged(ShownImages images, ClassifiedExample example) {
    return new Judged(
        GreyPng.of(example.image().pixels(), images.height(), images.width()).dataUri(),
        example.actual(),
        answers(first).predicted(example.example()),
        answers(second).predicted(example.example()));
  }

  /** Whether both have a confusion matrix of the same classes. */
  boolean hasDifference() {
    return first.record().kept().isPresent()
        && second.record().kept().isPresent()
        && matrix(first).classes() == matrix(second).classes();
  }

  boolean isTable() {
    return matrix(first).classes() <= ConfusionView.MOST_CLASSES_IN_A_TABLE;
  }

  /** The second run's matrix less the first one's, row by row. */
  List<List<Cell>> difference() {
    ConfusionMatrix before = matrix(first);
    ConfusionMatrix after = matrix(second);
    long largest = 1;
    for (int actual = 0; actual < before.classes(); actual++) {
      for (int predicted = 0; predicted < before.classes(); predicted++) {
        long change = after.count(actual, predicted) - before.count(actual, predicted);
        largest = Math.max(largest, Math.abs(change));
      }
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int actual = 0; actual < before.classes(); actual++) {
      List<Cell> row = new ArrayList<>();
      for (int predicted = 0; predicted < before.classes(); predicted++) {
        long change = after.count(actual, predicted) - before.count(actual, predicted);
        int shade =
            (int) Math.ceil(Math.sqrt((double) Math.abs(change) / largest) * ShadedMatrix.SHADES);
        row.add(new Cell(actual, predicted, change, (actual == predicted) == (change > 0), shade));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The cells that differ most, for matrices of many classes. */
  List<Cell> largestDifferences() {
    return difference().stream()
        .flatMap(List::stream)
        .filter(cell -> cell.difference() != 0)
        .sorted(Comparator.comparingLong((Cell cell) -> -Math.abs(cell.difference())))
        .limit(MOST_CELLS_LISTED)
        .toList();
  }

  private static ConfusionMatrix matrix(SavedRun run) {
    return run.record().kept().map(EpochRecord::validation).orElseThrow().confusion();
  }
}
