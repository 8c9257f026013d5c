package org.shardmean.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Images without labels: one IDX file of many, or PNG files. */
public sealed interface ImageInput {
  /** An IDX file of images, plain or gzip. */
  record Idx(Path file) implements ImageInput {}

  /** PNG files, in order of name; at least one. */
  record Pngs(List<Path> files) implements ImageInput {
    public Pngs {
      files = List.copyOf(files);
    }
  }

  /**
   * Looks what {@code path} is: of a folder, the files whose names end in {@code .png}; a file that
   * begins as PNG files do; any other file is taken for IDX, and checked when it is read.
   *
   * @throws DataException if there is nothing, it cannot be read, or a folder holds no PNG files
   */
  static ImageInput find(String path, Configuration configuration) {
    Path found = InputFile.path(path);
    try {
      FileSystem files = found.getFileSystem(configuration);
      if (files.getFileStatus(found).isDirectory()) {
        return new Pngs(pngsIn(found, files));
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Hadoop answers some bad addresses (an unknown host) with unchecked exceptions.
      throw InputFile.unreadable(found, e);
    }
    return beginsAsPng(path, configuration) ? new Pngs(List.of(found)) : new Idx(found);
  }

  private static List<Path> pngsIn(Path folder, FileSystem files) throws IOException {
    List<Path> pngs =
        Arrays.stream(files.listStatus(folder))
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(file -> !file.getName().startsWith("."))
            .filter(file -> file.getName().toLowerCase(Locale.ROOT).endsWith(".png"))
            .sorted()
            .toList();
    if (pngs.isEmpty()) {
      throw new DataException(
          folder
              + ": expected PNG files, found none in this folder; name a folder that holds some");
    }
    return pngs;
  }

  private static boolean beginsAsPng(String path, Configuration configuration) {
    try (InputStream in = InputFile.open(path, configuration)) {
      return Arrays.equals(in.readNBytes(PngChunks.SIGNATURE.length), PngChunks.SIGNATURE);
    } catch (IOException e) {
      throw InputFile.unreadable(new Path(path), e);
    }
  }
}
