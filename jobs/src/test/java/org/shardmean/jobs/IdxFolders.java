package org.shardmean.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Folders of four IDX files of any shape. */
public final class IdxFolders {
  private IdxFolders() {}

  /**
   * Writes images whose brightest region follows their label, so that something can be learned.
   *
   * @param count training images, every class in turn; half as many test images, at least one of
   *     each class
   */
  public static Path write(Path folder, int height, int width, int classes, int count)
      throws IOException {
    Files.createDirectories(folder);
    part(folder, "train", height, width, classes, count, 1);
    part(folder, "t10k", height, width, classes, Math.max(classes, count / 2), 2);
    return folder;
  }

  private static void part(
      Path folder, String part, int height, int width, int classes, int count, long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = height * width;
    ByteBuffer images = ByteBuffer.allocate(16 + count * pixels);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    images.putInt(0x803).putInt(count).putInt(height).putInt(width);
    labels.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = i % classes;
      labels.put((byte) label);
      for (int p = 0; p < pixels; p++) {
        boolean bright = p * classes / pixels == label || (pixels < classes && p == label % pixels);
        images.put((byte) (random.nextInt(100) + (bright ? 150 : 0)));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
