package org.shardmean.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

class TensorBoardListenerTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 250_000_000));

  private static final RunRecord RUN = SampleRuns.fiveEpochs();

  @TempDir Path folder;

  /** The check value of CRC-32C in Ross Williams' and Greg Cook's catalogues. */
  @Test
  void theReaderSumsAsPublished() {
    assertEquals(0xe3069283, EventRecords.crc32c("123456789".getBytes(US_ASCII)));
  }

  @Test
  void everyEpochAndRoundIsReadBack() throws IOException {
    listen(RUN.epochs().size());

    List<EventRecords.Event> events = EventRecords.read(file("run"));
    assertEquals("brain.Event:2", events.get(0).version());
    assertEquals(Set.of(1_700_000_000.25), secondsOf(events));
    List<EventRecords.Event> epochs = of("epoch/loss", events);
    assertEquals(RUN.epochs().size(), epochs.size());
    for (EpochRecord epoch : RUN.epochs()) {
      EventRecords.Event event = epochs.get(epoch.epoch() - 1);
      assertEquals(epoch.epoch(), event.step());
      assertScalar(epoch.training().loss(), event, "epoch/loss");
      assertScalar(epoch.training().accuracy(), event, "epoch/accuracy");
      assertScalar(epoch.validation().loss(), event, "epoch/validation_loss");
      assertScalar(epoch.validation().accuracy(), event, "epoch/validation_accuracy");
      assertScalar(epoch.imagesPerSecond(), event, "epoch/images_per_second");
      assertScalar(epoch.time().sync() / epoch.trainSeconds(), event, "epoch/sync_share");
      assertScalar(
          RUN.config().local().rate().at(epoch.epoch() / (double) RUN.config().epochs()),
          event,
          "epoch/learning_rate");
    }
    List<EventRecords.Event> rounds = of("round/loss", events);
    long step = 0;
    for (EpochRecord epoch : RUN.epochs()) {
      for (var round : epoch.rounds()) {
        EventRecords.Event event = rounds.get((int) step);
        step++;
        assertEquals(
            (long) (epoch.epoch() - 1) * RUN.config().averaging().roundsPerEpoch() + round.round(),
            event.step());
        assertScalar(round.score().loss(), event, "round/loss");
      }
    }
    assertEquals(step, rounds.size());
  }

  @Test
  void whatWasWrittenIsThereBeforeTheRunEnds() throws IOException {
    TensorBoardListener listener =
        TensorBoardListener.in(new Configuration(), folder.toString(), "run", CLOCK);
    listener.started(RUN.config(), RUN.data(), RUN.environment());
    RUN.epochs().get(0).rounds().forEach(listener::roundEnded);
    listener.epochEnded(RUN.epochs().get(0));

    assertEquals(1, of("epoch/loss", EventRecords.read(file("run"))).size());
    listener.close();
  }

  @Test
  void aRunThatGoesOnWritesAnotherFile() throws IOException {
    listen(1);
    listen(2);

    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      assertEquals(
          List.of(
              "events.out.tfevents.1700000000.shardmean.0",
              "events.out.tfevents.1700000000.shardmean.1"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidInALine() throws IOException {
    Files.writeString(folder.resolve("file"), "");

    String message =
        assertThrows(
                ConfigurationException.class,
                () ->
                    TensorBoardListener.in(
                        new Configuration(), folder.resolve("file").toString(), "run", CLOCK))
            .getMessage();

    assertTrue(message.startsWith("--tensorboard "), message);
    assertEquals(1, message.lines().count(), message);
  }

  private void listen(int epochs) {
    try (TensorBoardListener listener =
        TensorBoardListener.in(new Configuration(), folder.toString(), "run", CLOCK)) {
      listener.started(RUN.config(), RUN.data(), RUN.environment());
      for (EpochRecord epoch : RUN.epochs().subList(0, epochs)) {
        epoch.rounds().forEach(listener::roundEnded);
        listener.epochEnded(epoch);
      }
    }
  }

  private Path file(String run) {
    return folder.resolve(run).resolve("events.out.tfevents.1700000000.shardmean.0");
  }

  private static List<EventRecords.Event> of(String tag, List<EventRecords.Event> events) {
    return events.stream().filter(event -> event.scalars().containsKey(tag)).toList();
  }

  private static Set<Double> secondsOf(List<EventRecords.Event> events) {
    return Set.copyOf(events.stream().map(EventRecords.Event::seconds).distinct().toList());
  }

  private static void assertScalar(double expected, EventRecords.Event event, String tag) {
    assertEquals((float) expected, event.scalars().get(tag), tag);
  }
}
