package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.IdxBytes;
import org.shardmean.data.IdxFolder;

/** Executors read files in parts, here in threads of one JVM. */
class IdxDataIT {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static JavaSparkContext spark;

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  @BeforeAll
  static void start() {
    spark = LocalSpark.withCores(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void write() {
    IdxBytes.writeFolder(folder, IdxBytes.digits(603, 6, 5, 10), IdxBytes.digits(100, 6, 5, 10));
  }

  @Test
  void shardsAndChecksumsAreThoseOfTheDriversWay() {
    Dataset loaded = IdxFolder.load(folder.toString(), new Configuration());
    Dataset read = inParts();

    assertTrue(read.train().isMadeOnDemand() && read.test().isMadeOnDemand());
    assertFalse(loaded.train().isMadeOnDemand());
    assertEquals(loaded.checksum(), read.checksum());
    assertEquals(List.of(), warnings);
    for (int slots : new int[] {1, 2, 7}) {
      assertEquals(shards(loaded, 7, slots), shards(read, 7, slots));
    }
  }

  /** A shard's own checksum tells its images and their order. */
  private static List<List<Integer>> shards(Dataset data, int workers, int slots) {
    try (Shards shards =
        new Shards(spark, "read", data.train(), new Dealing.ByClass(workers, 1, 0), slots)) {
      List<List<List<Integer>>> all =
          shards.inBlocks(
              block ->
                  block.partialSums(
                      (worker, shard) -> List.of(worker, shard.checksum()), IdxDataIT::joined));
      return List.of(shards.total(all, IdxDataIT::joined));
    }
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    List<Integer> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  /** As if the executors' machine had another copy, or none. */
  @Test
  void theDriverLoadsFilesOfAnOrdinaryDiskThatExecutorsDoNotSee() throws Exception {
    Path images = folder.resolve(IMAGES);

    Dataset read =
        IdxFolder.load(
            folder.toString(),
            new Configuration(),
            0,
            files -> {
              touch(images);
              return IdxData.readByExecutors(spark, files, warnings::add);
            });

    assertFalse(read.train().isMadeOnDemand());
    assertEquals(IdxBytes.digits(603, 6, 5, 10), read.train());
    assertTrue(read.test().isMadeOnDemand());
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).startsWith("the driver loads file:") && warnings.get(0).contains(IMAGES),
        warnings.get(0));
  }

  @Test
  void aFileThatIsCutBeforeTheShardsAreMadeEndsInOneLine() throws Exception {
    Dataset read = inParts();
    Path images = folder.resolve(IMAGES);
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 1000));

    try (Shards shards = new Shards(spark, "cut", read.train(), new Dealing.ByClass(2, 1, 0), 2)) {
      Exception thrown = assertThrows(Exception.class, shards::keep);

      Throwable cause = thrown;
      while (!(cause instanceof DataException) && cause.getCause() != null) {
        cause = cause.getCause();
      }
      assertTrue(cause instanceof DataException, () -> String.valueOf(thrown));
      assertTrue(cause.getMessage().contains("found 1000 bytes"), cause.getMessage());
    }
  }

  private Dataset inParts() {
    return IdxFolder.load(
        folder.toString(),
        new Configuration(),
        0,
        files -> IdxData.readByExecutors(spark, files, warnings::add));
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
