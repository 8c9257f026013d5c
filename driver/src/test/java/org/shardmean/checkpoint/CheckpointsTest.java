package org.shardmean.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.Mutation;
import org.shardmean.Reading;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.Drift;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.data.DataException;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.TimeSplit;
import org.shardmean.train.Moments;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.WireFormat;

class CheckpointsTest {
  private static final RunConfig CONFIG =
      RunConfig.of(ModelSpec.parse("6-4-3", Activation.RELU))
          .withAveraging(
              new AveragingSettings(
                  2,
                  3,
                  OuterKind.NESTEROV,
                  1,
                  0.5,
                  MomentPolicy.KEPT,
                  false,
                  WireFormat.FLOAT32,
                  SumPlace.AUTO));
  private static final RunIdentity IDENTITY = RunIdentity.of(CONFIG, "c0ffee", "A CPU (ZEN)");

  @TempDir private java.nio.file.Path folder;
  private Checkpoints store;

  @BeforeEach
  void open() throws IOException {
    store = new Checkpoints(new Faulty(Integer.MAX_VALUE), path());
  }

  @Test
  void thereIsNoneAtFirst() throws IOException {
    assertEquals(Optional.empty(), store.newest(CheckpointsTest::noWarning));
  }

  @Test
  void theNewestIsReadAndTheLastThreeAreKept() throws IOException {
    for (int epoch = 0; epoch <= 4; epoch++) {
      store.commit(checkpoint(epoch));
    }

    assertEquals(4, epochsOf(store));
    assertEquals(3 * 3, names().size(), names().toString());
    store.keep(1);
    assertEquals(4, epochsOf(store));
    assertEquals(3, names().size(), names().toString());
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    Checkpoint written = checkpoint(2);
    store.commit(written);
    Checkpoint read = store.newest(CheckpointsTest::noWarning).orElseThrow();

    assertEquals(written.identity(), read.identity());
    assertArrayEquals(bytes(written.progress()), bytes(read.progress()));
    assertEquals(written.progress().epochs(), read.progress().epochs());
    assertEquals(written.progress().rounds(), read.progress().rounds());
  }

  /** Flipped at every 50th byte, cut, missing: each file of the newest checkpoint. */
  /** A network that is no classifier has a loss and examples, and nothing else. */
  @Test
  void aScoreWithoutClassesIsReadBack() throws IOException {
    RunConfig regression = CONFIG.withModel(CONFIG.model().withOutput(Output.IDENTITY));
    Progress with = checkpoint(1).progress();
    EpochRecord first = with.epochs().get(0);
    Score score = new Score(8, 3.25, ConfusionMatrix.empty(0));
    EpochRecord without = new EpochRecord(1, first.training(), score, first.time(), first.rounds());
    byte[] written =
        bytes(
            new Progress(
                with.state(),
                with.ownMoments(),
                with.velocity(),
                with.lastStep(),
                with.unjudged(),
                with.kept(),
                List.of(without),
                with.rounds()));

    Progress read =
        ProgressFile.read(new ByteArrayInputStream(written), written.length, regression);

    assertEquals(List.of(without), read.epochs());
    assertArrayEquals(written, bytes(read));
  }

  @Test
  void aDamagedCheckpointIsPassedOverWithAWarning() throws IOException {
    store.commit(checkpoint(1));
    store.commit(checkpoint(2));
    for (String name : List.of("run.json", "progress.bin", "manifest.txt")) {
      java.nio.file.Path file = folder.resolve("checkpoints/000002-" + name);
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at += 50) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 4;
        assertPassedOver(file, flipped);
        assertPassedOver(file, Arrays.copyOf(whole, at));
      }
      assertPassedOver(file, Arrays.copyOf(whole, whole.length + 1));
      Files.write(file, whole);
      assertEquals(2, epochsOf(store));
    }
    Files.delete(folder.resolve("checkpoints/000002-progress.bin"));
    assertPassedOver(folder.resolve("checkpoints/unrelated"), new byte[0]);
  }

  private void assertPassedOver(java.nio.file.Path file, byte[] content) throws IOException {
    Files.write(file, content);
    List<String> warnings = new ArrayList<>();
    Checkpoint found = store.newest(warnings::add).orElseThrow();
    assertEquals(1, found.progress().epochs().size(), file.toString());
    assertEquals(1, warnings.size(), warnings.toString());
    assertEquals(1, warnings.get(0).lines().count(), warnings.toString());
  }

  @Test
  void whereNoneIsWholeTheRunIsRefused() throws IOException {
    store.commit(checkpoint(1));
    Files.write(folder.resolve("checkpoints/000001-progress.bin"), new byte[5]);

    DataException refused =
        assertThrows(DataException.class, () -> store.newest(CheckpointsTest::noWarning));
    assertTrue(refused.getMessage().contains("--overwrite"), refused.getMessage());
  }

  @Test
  void filesOfTwoRunsMakeNoCheckpoint() throws IOException {
    store.commit(checkpoint(1));
    store.commit(checkpoint(2));
    Files.copy(
        folder.resolve("checkpoints/000001-progress.bin"),
        folder.resolve("checkpoints/000002-progress.bin"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    List<String> warnings = new ArrayList<>();
    assertEquals(1, store.newest(warnings::add).orElseThrow().progress().epochs().size());
    assertEquals(1, warnings.size());
  }

  /** The whole checkpoint of another run, under the next number; older ones tell. */
  @Test
  void aCheckpointOfAnotherRunIsRefusedInALine() throws IOException {
    Checkpoint own = checkpoint(1);
    store.commit(own);
    commit(CONFIG.withSeed(CONFIG.seed() + 1), "c0ffee", checkpoint(2).progress());

    assertRefused("(seed %d and %d in ".formatted(CONFIG.seed() + 1, CONFIG.seed()));
    store.deleteAll();
    store.commit(own);
    commit(CONFIG, "other data", checkpoint(2).progress());
    assertRefused("(data in ");
  }

  @Test
  void moreEpochsAndAnotherNameAreTheSameRun() throws IOException {
    store.commit(checkpoint(1));
    commit(
        CONFIG.withEpochs(CONFIG.epochs() + 5).withName("other"),
        "c0ffee",
        checkpoint(2).progress());

    assertEquals(2, epochsOf(store));
  }

  private void commit(RunConfig config, String data, Progress progress) throws IOException {
    store.commit(new Checkpoint(RunIdentity.of(config, data, "A CPU (ZEN)"), progress));
  }

  private void assertRefused(String difference) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> store.newest(CheckpointsTest::noWarning));
    assertTrue(refused.getMessage().contains(difference), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  /** Only the first lists the folder: the others know what they left there. */
  @Test
  void aCommitTakesTwelveCalls() throws IOException {
    Faulty files = new Faulty(Integer.MAX_VALUE);
    Checkpoints counted = new Checkpoints(files, path());
    for (int epoch = 1; epoch <= 3; epoch++) {
      counted.commit(checkpoint(1));
    }
    int before = files.left;
    counted.commit(checkpoint(1));

    int writes = 3 * 3 + 3; // Create, write, sync, close of three files; deletes.
    assertEquals(writes + 3, before - files.left);
    assertEquals(9, names().size(), names().toString());
  }

  /** Whatever call of a commit fails: the checkpoint before, or the new one, is there and whole. */
  @Test
  void aCommitThatFailsAnywhereLosesNothing() throws IOException {
    store.commit(checkpoint(1));
    int failures = 0;
    for (int call = 1; call <= 200; call++) {
      Checkpoints faulty = new Checkpoints(new Faulty(call), path());
      try {
        faulty.commit(checkpoint(2));
      } catch (IOException e) {
        failures++;
        int found = epochsOf(store);
        assertTrue(found == 1 || found == 2, "call " + call + ": " + found);
      }
      open();
      store.commit(checkpoint(1));
    }
    assertTrue(failures > 15, "failures: " + failures);
    assertEquals(1, epochsOf(store));
    assertEquals(9, names().size(), names().toString());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  @Property(tries = 3000)
  void aMutatedProgressIsReadOrRefusedInALine(@ForAll("mutations") Mutation mutation)
      throws IOException {
    byte[] mutated = mutation.applyTo(bytes(checkpoint(3).progress()));
    Reading.of(
        () -> {
          try {
            return ProgressFile.read(new ByteArrayInputStream(mutated), mutated.length, CONFIG);
          } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new DataException("refused: " + e.getMessage(), e);
          }
        });
  }

  @Property(tries = 3000)
  void mutatedSettingsAreReadOrRefusedInALine(@ForAll("mutations") Mutation mutation) {
    byte[] mutated = mutation.applyTo(IDENTITY.write());
    Reading.of(() -> RunIdentity.read("run.json", new String(mutated, StandardCharsets.UTF_8)));
  }

  private static void noWarning(String warning) {
    throw new AssertionError(warning);
  }

  private static int epochsOf(Checkpoints store) throws IOException {
    return store.newest(warning -> {}).orElseThrow().progress().epochs().size();
  }

  private Path path() {
    return new Path(folder.toString(), "checkpoints");
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(Progress progress) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ProgressFile.write(progress, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** After so many epochs and a round; all that can be there is there. */
  private static Checkpoint checkpoint(int epochs) {
    int parameters = CONFIG.model().parameters();
    List<EpochRecord> ended = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      ended.add(
          new EpochRecord(
              epoch,
              new TrainingScore(40, 12.5, 30),
              new Score(3.25, new ConfusionMatrix(new long[][] {{3, 0, 1}, {0, 2, 0}, {0, 0, 4}})),
              new TimeSplit(1, 2, 3, 4),
              List.of(round(epoch, 1), round(epoch, 2), round(epoch, 3))));
    }
    return new Checkpoint(
        IDENTITY,
        new Progress(
            new TrainingState(numbers(parameters, 1), new float[0], 77),
            List.of(
                new Moments(numbers(2 * parameters, 2), 8),
                new Moments(numbers(2 * parameters, 3), 9)),
            numbers(parameters, 4),
            numbers(parameters, 5),
            new TrainingScore(3, 0.5, 1),
            numbers(parameters, 6),
            ended,
            List.of(round(epochs + 1, 1))));
  }

  private static RoundRecord round(int epoch, int round) {
    return new RoundRecord(
        epoch,
        round,
        new TrainingScore(13, 4.5, 9),
        new TimeSplit(1, 0.5, 0.25, 0),
        1000,
        2000,
        new Drift(0.1, 0.2, Double.NaN, Double.POSITIVE_INFINITY));
  }

  private static float[] numbers(int count, int first) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = first + i / 7f;
    }
    return numbers;
  }

  /** A local file system of which one call fails. */
  private static final class Faulty extends RawLocalFileSystem {
    private int left;

    Faulty(int failing) throws IOException {
      this.left = failing;
      initialize(URI.create("file:///"), new Configuration());
    }

    private void call() throws IOException {
      if (--left == 0) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public FSDataOutputStream create(
        Path file,
        boolean overwrite,
        int buffer,
        short replication,
        long block,
        Progressable progress)
        throws IOException {
      call();
      FSDataOutputStream out = super.create(file, overwrite, buffer, replication, block, progress);
      return new FSDataOutputStream(out, null) {
        @Override
        public synchronized void write(byte[] bytes, int from, int count) throws IOException {
          call();
          super.write(bytes, from, count);
        }

        @Override
        public void hsync() throws IOException {
          call();
        }

        @Override
        public void close() throws IOException {
          super.close();
          call();
        }
      };
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      call();
      return super.listStatus(path);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      call();
      return super.delete(path, recursive);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      call();
      return super.getFileStatus(path);
    }
  }
}
