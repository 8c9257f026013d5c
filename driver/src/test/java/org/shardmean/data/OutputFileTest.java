package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private java.nio.file.Path folder;
  private FileSystem files;

  @BeforeEach
  void open() throws IOException {
    files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @Test
  void whatWasWrittenIsThereAndCounted() throws IOException {
    java.nio.file.Path file = folder.resolve("file");

    assertEquals(3, OutputFile.write(files, path(file), false, out -> out.write(new byte[3])));
    assertArrayEquals(new byte[3], Files.readAllBytes(file));
    assertThrows(IOException.class, () -> OutputFile.write(files, path(file), false, out -> {}));
  }

  /** It was an error, which ended the threads that write checkpoints and signs of life. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAnExceptionAsAnyOtherFailure() throws IOException {
    java.nio.file.Path full = folder.resolve("full");
    Files.createSymbolicLink(full, java.nio.file.Path.of("/dev/full"));

    for (int bytes : new int[] {1, 100_000}) { // While it closes, and before.
      IOException refused =
          assertThrows(
              UnwrittenFileException.class,
              () -> OutputFile.write(files, path(full), true, out -> out.write(new byte[bytes])));
      assertEquals(1, refused.getMessage().lines().count());
      assertTrue(
          refused.getMessage().startsWith(path(full) + ": "),
          "which file: " + refused.getMessage());
      assertTrue(
          refused.getMessage().contains("No space left on device; make room"),
          refused.getMessage());
    }
  }

  private static Path path(java.nio.file.Path file) {
    return new Path(file.toUri());
  }
}
