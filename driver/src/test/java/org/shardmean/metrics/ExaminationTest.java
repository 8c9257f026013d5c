package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExaminationTest {
  @Test
  void keepsTheMostConfidentMistakesFirst() {
    Examination examination =
        Examination.empty(3)
            .with(example(0, 1, 2, 0.6f))
            .with(example(1, 0, 2, 0.9f))
            .with(example(2, 2, 2, 0.99f))
            .with(example(3, 2, 0, 0.9f));

    assertEquals(List.of(1, 3, 0), numbers(examination.misclassified()));
    assertEquals(List.of(2), numbers(examination.correct()));
    assertEquals(4, examination.reliability().examples());
  }

  @Test
  void boundsWhatItKeepsForAnyNumberOfClasses() {
    for (int classes : new int[] {2, 10, 256}) {
      Examination examination = of(classes, drawn(classes, 5_000, 1));

      assertTrue(examination.correct().size() <= Examination.MOST_CORRECT, "classes " + classes);
      assertTrue(examination.misclassified().size() <= Examination.MOST_MISCLASSIFIED);
      Map<List<Integer>, Integer> cells = new HashMap<>();
      examination
          .misclassified()
          .forEach(e -> cells.merge(List.of(e.actual(), e.image().predicted()), 1, Integer::sum));
      assertTrue(cells.values().stream().allMatch(n -> n <= Examination.MOST_OF_A_CELL));
      assertTrue(!examination.correct().isEmpty() && !examination.misclassified().isEmpty());
    }
  }

  @Test
  void aConfidenceThatIsNoNumberComesLast() {
    Examination examination =
        Examination.empty(2)
            .with(new ClassifiedExample(0, 1, image(Float.NaN, Float.NaN)))
            .with(example(1, 1, 0, 0.6f));

    assertEquals(List.of(1, 0), numbers(examination.misclassified()));
  }

  @Property(tries = 100)
  void doesNotDependOnHowTheSetWasDividedOrOrdered(
      @ForAll @IntRange(min = 2, max = 40) int classes,
      @ForAll @IntRange(min = 0, max = 600) int count,
      @ForAll @IntRange(min = 1, max = 7) int parts,
      @ForAll long seed) {
    List<ClassifiedExample> all = drawn(classes, count, seed);
    List<ClassifiedExample> mixed = new ArrayList<>(all);
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, Long> order = new HashMap<>();
    all.forEach(e -> order.put(e.example(), random.nextLong()));
    mixed.sort(Comparator.comparing(e -> order.get(e.example())));
    Examination sum = Examination.empty(classes);
    for (int part = 0; part < parts; part++) {
      sum = sum.plus(of(classes, mixed.subList(part * count / parts, (part + 1) * count / parts)));
    }
    Examination whole = of(classes, all);

    assertEquals(numbers(whole.correct()), numbers(sum.correct()));
    assertEquals(numbers(whole.misclassified()), numbers(sum.misclassified()));
  }

  private static Examination of(int classes, List<ClassifiedExample> examples) {
    Examination examination = Examination.empty(classes);
    for (ClassifiedExample example : examples) {
      examination = examination.with(example);
    }
    return examination;
  }

  private static List<ClassifiedExample> drawn(int classes, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ClassifiedExample> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int actual = random.nextInt(classes);
      int predicted = random.nextInt(3) == 0 ? random.nextInt(classes) : actual;
      drawn.add(example(i, actual, predicted, 0.5f + random.nextInt(40) / 100f));
    }
    return drawn;
  }

  private static ClassifiedExample example(
      int number, int actual, int predicted, float confidence) {
    float[] probabilities = new float[Math.max(actual, predicted) + 1];
    probabilities[predicted] = confidence;
    return new ClassifiedExample(number, actual, image(probabilities));
  }

  private static ClassifiedImage image(float... probabilities) {
    return new ClassifiedImage(new byte[1], probabilities);
  }

  private static List<Integer> numbers(List<ClassifiedExample> examples) {
    return examples.stream().map(ClassifiedExample::example).toList();
  }

  @Test
  void ofNoClassesIsNothingAlsoWhereItIsAddedUp() {
    Examination none = Examination.empty(0);

    assertEquals(none.correct(), none.plus(none).correct());
  }
}
