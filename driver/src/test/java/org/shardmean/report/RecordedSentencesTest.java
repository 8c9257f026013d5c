package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shardmean.run.Language;
import org.shardmean.settings.DataShape;
import org.shardmean.settings.Given;
import org.shardmean.settings.Preset;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.Slots;
import org.shardmean.settings.ValueReader;

class RecordedSentencesTest {
  private static final Texts GERMAN = Texts.of(Language.DE);
  private static final Texts JAPANESE = Texts.of(Language.JA);

  /** As the classes named beside them write them; tests of theirs hold the English. */
  private static final List<String> OTHERS =
      List.of(
          // Cluster and ExecutorWait
          "task slots of local[2]",
          "task slots asked for by spark.cores.max = 4",
          "1 executor with 4 task slots, which came of those asked for by spark.cores.max = 8",
          "2 executors with 1 task slot",
          // GridCluster and PlanJob
          "the grid's task slots",
          "the grid's cores",
          // ExecutorWait, Disturbances and FolderOwner
          "Waiting at most 30 s for the cluster's executors; there: 1 executor with 1 task slot",
          "Going on with 1 executor with 1 task slot after 30 s of waiting for 2 executors",
          "No executor is left in epoch 2, round 3; waiting at most 120 s for one",
          "runs/a belongs to a driver on host; waiting up to 20 s for a sign of life of it",
          // PointRecord
          "the run diverged in epoch 2",
          // RivalTraining and MllibPerceptron
          "it was stopped after 20 minutes; --most-minutes gives it more",
          "its library is not here; deploy/submit compare fetches it from Maven Central where there"
              + " is a network",
          "1 iteration",
          "100 iterations",
          // RunResolution
          "training images, fewer than task slots",
          // Dataset
          "Digits drawn by the program: these are not MNIST's figures",
          // TableData
          "Task: classification, because kind holds texts or few whole numbers (--task)",
          "Task: regression, because price, rent holds numbers that are no classes (--task)",
          "A fifth of the rows, 1,234, were set aside to test on: the seed and their content decide"
              + " which",
          // TableRows
          "1 row with missing or invalid values was left out",
          "1,234 rows with missing or invalid values were left out",
          // NetworkFit
          "No rows are set aside for validation: each epoch is scored on 1,000 of the training rows",
          // TrainSettings, of a table with one feature
          "the data has 1 feature and 1 target",
          // AveragingLoop and Divergence
          "epoch 1 · round 2: training diverged: expected finite parameters and loss, found NaN or"
              + " infinity; lower --learning-rate or lengthen --warmup",
          "expected a mean loss of at most 9.2, found 13.37",
          // ClusterEvents
          "Executor 3 joined in the start",
          "Executor 3 joined in the warm-up",
          "Executor 3 was lost in epoch 4, round 2 (Command exited with code 137); its work was"
              + " repeated, 2.1 s",
          "executor 3 lost in epoch 4, round 2 (gone); its work was repeated, 2.1 s", // Before.
          "executor 3 joined in epoch 4, round 2", // Before.
          "Executor 4 was lost in epoch 4, rounds 2 to 8 (gone); the run ended, 2.1 s",
          "2 tasks failed in epoch 1, evaluation (IOException: disk gone); repeated, 1.0 s",
          "1 task failed in epoch 2, sharding the training examples (x); repeated, 1.0 s",
          "1 task failed in sharding the training examples (x); repeated, 1.0 s",
          // Disturbances and Progress
          "An earlier driver ended; this one went on after epoch 3",
          "An earlier driver ended; this one went on after epoch 3, round 2 of 8");

  @Test
  void everyReasonForASettingIsKnownInEveryLanguage() {
    for (String reason : reasons()) {
      assertTrue(RecordedSentences.find(reason).isPresent(), reason);
      for (Texts texts : List.of(GERMAN, JAPANESE)) {
        String said = RecordedSentences.in(texts, reason);
        assertFalse(said.equals(reason), reason);
        assertFalse(said.contains("{"), said);
      }
      assertEquals(reason, RecordedSentences.in(Texts.of(Language.EN), reason));
    }
  }

  @Test
  void everyTextIsThatOfASentence() {
    Set<String> used = new TreeSet<>();
    for (String sentence : reasons()) {
      use(sentence, used);
    }
    OTHERS.forEach(sentence -> use(sentence, used));
    Set<String> there = new TreeSet<>(Texts.of(Language.EN).keys());
    there.removeIf(key -> !key.startsWith(RecordedSentences.PREFIX));

    assertEquals(there, used);
    for (String key : there) {
      String english = Texts.of(Language.EN).pattern(key);
      List<String> places =
          Pattern.compile("\\{(\\d)}").matcher(english).results().map(m -> m.group(1)).toList();
      assertEquals(
          IntStream.range(0, places.size()).mapToObj(String::valueOf).toList(), places, key);
    }
  }

  @Test
  void numbersAndNestedSentencesAreWrittenInTheLanguage() {
    assertEquals(
        "jeder Worker macht dann 1.234 lokale Schritte",
        RecordedSentences.in(GERMAN, "each worker then takes 1,234 local steps"));
    assertEquals(
        "0,005 für fünf Epochen, weniger für längere Läufe",
        RecordedSentences.in(GERMAN, "0.005 for five epochs, less for longer runs"));
    assertEquals(
        "エポック4のラウンド2で、エグゼキューター3が失われました（Command exited with code 137）。" + "その仕事をやり直しました、2.1秒",
        RecordedSentences.in(
            JAPANESE,
            "Executor 3 was lost in epoch 4, round 2 (Command exited with code 137); its work was"
                + " repeated, 2.1 s"));
    assertEquals(
        "エグゼキューター1個、タスクスロット4個（a = 8で求めたうち、参加したもの）",
        RecordedSentences.in(
            JAPANESE, "1 executor with 4 task slots, which came of those asked for by a = 8"));
  }

  @Test
  void whatWasGuessedAboutATableIsSaidInTheLanguage() {
    String aside =
        "A fifth of the rows, 1,234, were set aside to test on: the seed and their content decide"
            + " which";
    assertEquals(
        "Aufgabe: Klassifikation, denn smoker enthält Texte oder wenige ganze Zahlen (--task)",
        RecordedSentences.in(
            GERMAN,
            "Task: classification, because smoker holds texts or few whole numbers (--task)"));
    assertEquals(
        "課題：回帰。incomeの値がクラスではない数値であるため（--task）",
        RecordedSentences.in(
            JAPANESE,
            "Task: regression, because income holds numbers that are no classes (--task)"));
    assertTrue(
        RecordedSentences.in(GERMAN, aside)
            .startsWith("Ein Fünftel der Zeilen (1.234) wurde zum Testen beiseitegelegt: "));
    assertTrue(RecordedSentences.in(JAPANESE, aside).startsWith("全行の5分の1にあたる1,234行を"));
    assertEquals(
        "die Daten haben 6 Merkmale und 1 Zielwert",
        RecordedSentences.in(GERMAN, "the data has 6 features and 1 target"));
    assertEquals(
        "データは特徴量1個、目標値2個", RecordedSentences.in(JAPANESE, "the data has 1 feature and 2 targets"));
  }

  @Test
  void whatIsNotKnownStaysAsItIs() {
    for (String sentence :
        List.of(
            "", "as measured", "--preset none", "many workers", "<script>{0}</script>", "{1}")) {
      assertEquals(sentence, RecordedSentences.in(JAPANESE, sentence));
    }
    assertEquals(
        "<b>{0}</b>のタスクスロットの数", RecordedSentences.in(JAPANESE, "task slots of <b>{0}</b>"));
  }

  /** With sentences that stand in others, by the values that they fill in. */
  private static void use(String sentence, Set<String> used) {
    RecordedSentences.find(sentence)
        .ifPresent(
            found -> {
              used.add(found.key());
              found.values().forEach(value -> use(value, used));
            });
  }

  /** Reasons of every preset, for few and many workers, epochs and images. */
  private static Set<String> reasons() {
    Set<String> reasons = new LinkedHashSet<>();
    for (Preset preset : Preset.values()) {
      for (int slots : new int[] {1, 2, 8, 64}) {
        for (int epochs : new int[] {1, 5, 40}) {
          for (int images : new int[] {100, 60_000, 20_000_000}) {
            reasons.addAll(reasons(preset, slots, epochs, images, false));
            reasons.addAll(reasons(preset, slots, epochs, images, true));
            reasons.addAll(reasons(preset, slots, epochs, images, true, "--task=autoencoder"));
            reasons.addAll(reasonsOfNumbers(preset, slots, epochs, images));
          }
        }
      }
    }
    reasons.removeIf(reason -> reason.startsWith("--preset")); // A name, the same everywhere.
    return reasons;
  }

  private static List<String> reasonsOfNumbers(Preset preset, int slots, int epochs, int images) {
    return ResolvedRun.of(
            Given.of(
                "--task=regression",
                "--preset=" + ValueReader.written(preset),
                "--epochs=" + epochs),
            new DataShape(images, 784, 1, 3),
            Slots.of(slots))
        .reasons()
        .stream()
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .toList();
  }

  private static List<String> reasons(
      Preset preset, int slots, int epochs, int images, boolean withAllSlots, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--preset=" + ValueReader.written(preset));
    arguments.add("--epochs=" + epochs);
    if (withAllSlots) {
      arguments.add("--workers=" + slots);
    }
    ResolvedRun run =
        ResolvedRun.of(
            Given.of(arguments.toArray(String[]::new)),
            new DataShape(images, 784, 10),
            Slots.of(slots));
    return run.reasons().stream().map(line -> line.substring(line.indexOf(": ") + 2)).toList();
  }
}
