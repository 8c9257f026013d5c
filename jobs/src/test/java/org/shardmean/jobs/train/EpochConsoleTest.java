package org.shardmean.jobs.train;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shardmean.average.Drift;
import org.shardmean.jobs.command.CommandLines;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Language;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunEvent;
import org.shardmean.run.TimeSplit;
import org.shardmean.settings.DataShape;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.Slots;

class EpochConsoleTest {
  private static final RunConfig CONFIG =
      ResolvedRun.of(
              CommandLines.given(
                  "--workers=2",
                  "--rounds-per-epoch=2",
                  "--epochs=12",
                  "--preset=none",
                  "--engine=dl4j"),
              new DataShape(60_000, 784, 10),
              Slots.of(1))
          .config();

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void whatDisturbsARunIsALineOfItsOwn() {
    EpochConsole console = console(UTF_8, true);
    console.started(CONFIG, data(), environment());
    int before = lines().size();
    console.disturbed(
        new RunEvent(
            RunEvent.Kind.EXECUTOR_LOST,
            "epoch 1, round 1",
            "Executor 3 was lost in epoch 1, round 1; its work was repeated, 2.1 s",
            2.1));

    assertEquals(
        List.of("Executor 3 was lost in epoch 1, round 1; its work was repeated, 2.1 s"),
        lines().subList(before, lines().size()));
  }

  @Test
  void startsWithTheModelTheDataAndTheTraining() {
    console(UTF_8, false).started(CONFIG, data(), environment());

    List<String> lines = lines();
    assertEquals(
        "Total                                         109,386    427.3 KiB", lines.get(6));
    assertEquals(
        "Data: mnist, 60,000 training and 10,000 validation images of 28x28, 10 classes",
        lines.get(8));
    assertEquals(
        "Training: 2 workers on local[2] (2 task slots), 2 rounds an epoch, batch 64, adam at 0.001,"
            + " engine dl4j, seed 42",
        lines.get(9));
  }

  @Test
  void withoutATerminalAnEpochIsOnePlainLine() {
    EpochConsole console = console(US_ASCII, false);
    console.started(CONFIG, data(), environment());
    written.reset();

    console.roundEnded(round(1));
    assertEquals("", text());
    console.roundEnded(round(2));
    console.epochEnded(epoch());

    assertEquals(
        List.of(
            "Epoch  3/12 ====================   2.5s   30,000 img/s - loss: 0.2000 - acc: 0.9400"
                + " - val_loss: 0.1250 - val_acc: 0.7500"),
        lines());
  }

  @Test
  void anAutoencoderHasErrorsInPlaceOfLossAndAccuracy() {
    EpochConsole console = console(US_ASCII, false);
    console.started(
        CONFIG.withModel(new ModelSpec(List.of(784, 32, 784), Activation.RELU, Output.SIGMOID)),
        data(),
        environment());
    written.reset();

    EpochRecord epoch = epoch();
    console.epochEnded(
        new EpochRecord(
            3,
            new TrainingScore(60_000, 60_000 * 0.0123, 0),
            new Score(4, 4 * 0.0098, ConfusionMatrix.empty(0)),
            epoch.time(),
            epoch.rounds()));

    assertEquals(
        List.of(
            "Epoch  3/12 ====================   2.5s   30,000 img/s - error: 0.01230"
                + " - val_error: 0.00980"),
        lines());
  }

  @Test
  void onATerminalTheLineGrowsAndIsWrittenOver() {
    EpochConsole console = console(UTF_8, true);
    console.started(CONFIG, data(), environment());
    written.reset();

    console.roundEnded(round(1));
    assertEquals(
        "\r\u001b[KEpoch  3/12 "
            + "\u2501".repeat(10)
            + "\u2500".repeat(10)
            + " 1/2   1.0s   30,000 img/s - loss: 0.2000 - acc: 0.9400",
        text());
    console.roundEnded(round(2));
    console.epochEnded(epoch());

    assertTrue(text().endsWith("val_acc: 0.7500" + System.lineSeparator()));
    assertEquals(1, text().lines().filter(line -> line.contains("val_acc")).count());
  }

  @Test
  void aNoticeStartsALineOfItsOwn() {
    EpochConsole console = console(UTF_8, true);
    console.started(CONFIG, data(), environment());
    console.roundEnded(round(1));
    console.notice("These are not MNIST's figures");

    assertTrue(lines().contains("*** These are not MNIST's figures ***"));
    console.epochEnded(epoch());
    assertFalse(text().substring(text().indexOf("***")).contains("\r"));
  }

  @Test
  void overfittingIsNamed() {
    assertEquals(
        Optional.of(
            "Overfitting since epoch 2: the training loss still fell while the validation loss"
                + " rose from 0.1000 to 0.1500; --patience keeps the best epoch"),
        console(UTF_8, false)
            .fitLine(List.of(epoch(1, 0.5, 0.3), epoch(2, 0.2, 0.1), epoch(3, 0.05, 0.15)), false));
    assertFalse(
        console(UTF_8, false)
            .fitLine(List.of(epoch(1, 0.5, 0.3), epoch(2, 0.2, 0.1), epoch(3, 0.05, 0.15)), true)
            .orElseThrow()
            .contains("--patience"));
  }

  /** The saved network need not be the best one; the headline is of the saved one. */
  @Test
  void theHeadlineNamesTheEpochThatWasSaved() {
    EpochConsole console = console(UTF_8, false);
    EpochRecord first = epoch(1, 0.5, 0.3);

    assertEquals("Best epoch 1: validation accuracy 75.00%", console.bestLine(first, first));
    EpochRecord third = epoch(3, 0.2, 0.1);
    Score lower = new Score(1, new ConfusionMatrix(new long[][] {{1, 1}, {1, 1}}));
    assertEquals(
        "Saved: epoch 3, validation accuracy 50.00%; epoch 1 was better, 75.00%",
        console.bestLine(
            first, new EpochRecord(3, third.training(), lower, third.time(), third.rounds())));
    assertEquals("Best epoch 3: validation accuracy 75.00%", console.bestLine(first, third));
  }

  @Test
  void speaksTheLanguageOfTheRun() {
    EpochConsole console = console(UTF_8, false);
    console.started(CONFIG.withLanguage(Language.JA), data(), environment());
    console.epochEnded(epoch());
    console.disturbed(
        new RunEvent(
            RunEvent.Kind.EXECUTOR_JOINED,
            "",
            "Executor 3 joined in epoch 4, round 2",
            Double.NaN));

    List<String> lines = lines();
    assertEquals("層             入力     出力  活性化関数 パラメータ数       メモリ", lines.get(0));
    assertEquals("隠れ層 1        784      128  relu            100,480    392.5 KiB", lines.get(2));
    assertEquals("データ：mnist、28×28の訓練画像60,000枚と検証画像10,000枚、10クラス", lines.get(8));
    assertEquals(
        "訓練：local[2]（タスクスロット2個）でワーカー2個、1エポックに2ラウンド、バッチ64、adamの学習率0.001、" + "エンジンdl4j、シード42",
        lines.get(9));
    assertEquals(
        "エポック  3/12 "
            + "\u2501".repeat(20)
            + "   2.5秒   30,000枚/秒 - 損失: 0.2000 - 精度: 0.9400 - 検証損失: 0.1250 - 検証精度: 0.7500",
        lines.get(11));
    assertEquals("エポック4のラウンド2で、エグゼキューター3が加わりました", lines.get(lines.size() - 1));
  }

  @Test
  void numbersFollowTheLanguage() {
    EpochConsole console = console(UTF_8, false);
    console.started(CONFIG.withLanguage(Language.DE), data(), environment());
    console.epochEnded(epoch());

    assertTrue(lines().get(6).endsWith("109.386    427,3 KiB"), lines().get(6));
    assertTrue(text().contains(" - Verlust: 0,2000 - "), text());
  }

  @Test
  void whereTheTerminalCannotWriteItTheConsoleIsEnglish() {
    console(US_ASCII, false).started(CONFIG.withLanguage(Language.JA), data(), environment());

    assertTrue(lines().get(8).startsWith("Data: mnist, "), lines().get(8));
  }

  @Test
  void nothingIsSaidOfARunThatFits() {
    assertEquals(
        Optional.empty(),
        console(UTF_8, false).fitLine(List.of(epoch(1, 0.1, 0.12), epoch(2, 0.098, 0.119)), false));
  }

  private static EpochRecord epoch(int epoch, double trainingLoss, double validationLoss) {
    return new EpochRecord(
        epoch,
        new TrainingScore(100, 100 * trainingLoss, 50),
        new Score(4 * validationLoss, new ConfusionMatrix(new long[][] {{3, 1}, {0, 0}})),
        TimeSplit.ZERO,
        List.of());
  }

  private EpochConsole console(Charset charset, boolean live) {
    return new EpochConsole(new PrintStream(written, true, UTF_8), charset, live, Language.EN);
  }

  private String text() {
    return written.toString(UTF_8);
  }

  private List<String> lines() {
    return text().lines().toList();
  }

  private static DataRecord data() {
    return new DataRecord("mnist", true, 60_000, 10_000, 10_000, 28, 28, 10, "0");
  }

  private static Environment environment() {
    return new Environment("17", "3.5.9", "M2.1", "local[2]", 0, 2, "Linux", "Xeon", "unknown");
  }

  private static RoundRecord round(int round) {
    return new RoundRecord(
        3,
        round,
        new TrainingScore(30_000, 6_000, 28_200),
        new TimeSplit(0.8, 0.1, 0.1, 0),
        1,
        1,
        new Drift(0, 1, 0, 1));
  }

  private static EpochRecord epoch() {
    ConfusionMatrix confusion = new ConfusionMatrix(new long[][] {{3, 1}, {0, 0}});
    return new EpochRecord(
        3,
        new TrainingScore(60_000, 12_000, 56_400),
        new Score(0.5, confusion),
        new TimeSplit(1.6, 0.2, 0.2, 0.5),
        List.of(round(1), round(2)));
  }
}
