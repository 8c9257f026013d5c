package org.shardmean.data;

import static java.util.stream.Collectors.joining;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with a dataset in the files of MNIST: {@code train-images-idx3-ubyte}, {@code
 * train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte}, {@code t10k-labels-idx1-ubyte}, each
 * plain or with {@code .gz} (where both are there, the plain one is read).
 */
public final class IdxFolder {
  private static final int NAMES_SHOWN = 6;

  private IdxFolder() {}

  /**
   * Loads the four files. The number of classes is the largest training label plus one.
   *
   * @throws DataException if the folder or a file is missing, or a file is not valid
   */
  public static Dataset load(Path folder, Configuration configuration) {
    return load(folder, configuration, Long.MAX_VALUE, large -> Optional.empty());
  }

  /**
   * As {@link #load(String, Configuration)}, but large plain files are read by others.
   *
   * @param most bytes of an images file that is loaded here, whatever it is
   * @param other answers the examples of a larger plain pair of files; where it answers nothing,
   *     they are loaded here too
   */
  public static Dataset load(
      String folder,
      Configuration configuration,
      long most,
      Function<IdxFilePair, Optional<ExampleSource>> other) {
    return load(path(folder), configuration, most, other);
  }

  private static Dataset load(
      Path folder,
      Configuration configuration,
      long most,
      Function<IdxFilePair, Optional<ExampleSource>> other) {
    Map<MnistFile, Path> files = find(folder, configuration);
    Pairs pairs = new Pairs(files, configuration, most, other);
    Read train = pairs.read(MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS, OptionalInt.empty());
    Read test =
        pairs.read(
            MnistFile.TEST_IMAGES,
            MnistFile.TEST_LABELS,
            OptionalInt.of(train.examples().classes()));
    boolean isMnist =
        train.isOf(MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS)
            && test.isOf(MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS);
    return new Dataset(
        isMnist ? "mnist" : nameOf(folder),
        folder.toString(),
        isMnist,
        train.examples(),
        test.examples(),
        List.of());
  }

  /** Images with labels, and the digests of both files where they were loaded. */
  private record Read(ExampleSource examples, String imagesSha256, String labelsSha256) {
    boolean isOf(MnistFile images, MnistFile labels) {
      return imagesSha256.equals(images.mnistSha256()) && labelsSha256.equals(labels.mnistSha256());
    }
  }

  /** Reads one pair of files after another. */
  private record Pairs(
      Map<MnistFile, Path> files,
      Configuration configuration,
      long most,
      Function<IdxFilePair, Optional<ExampleSource>> other) {
    Read read(MnistFile images, MnistFile labels, OptionalInt classes) {
      Path imagesFile = files.get(images);
      Path labelsFile = files.get(labels);
      return IdxFilePair.ofLarge(imagesFile, labelsFile, classes, most, configuration)
          .flatMap(other)
          .map(examples -> new Read(examples, "", ""))
          .orElseGet(() -> loaded(imagesFile, labelsFile, classes));
    }

    private Read loaded(Path images, Path labels, OptionalInt classes) {
      IdxReader.Content content = IdxReader.readContent(images, labels, classes, configuration);
      return new Read(content.images(), content.imagesSha256(), content.labelsSha256());
    }
  }

  /** As {@link #load(Path, Configuration)}, for a path as people type it. */
  public static Dataset load(String folder, Configuration configuration) {
    return load(path(folder), configuration);
  }

  private static Path path(String folder) {
    try {
      return new Path(folder);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "'%s': expected the path of a folder, found %s; check the path"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Whether all four files exist; their content is not read. */
  public static boolean isComplete(Path folder, Configuration configuration) {
    try {
      FileSystem system = folder.getFileSystem(configuration);
      for (MnistFile file : MnistFile.values()) {
        if (!system.exists(new Path(folder, file.fileName()))
            && !system.exists(new Path(folder, file.gzipName()))) {
          return false;
        }
      }
      return true;
    } catch (IOException | RuntimeException e) {
      throw InputFile.unreadable(folder, e);
    }
  }

  private static Map<MnistFile, Path> find(Path folder, Configuration configuration) {
    List<String> names = list(folder, configuration);
    Map<MnistFile, Path> found = new EnumMap<>(MnistFile.class);
    List<String> missing = new ArrayList<>();
    for (MnistFile file : MnistFile.values()) {
      if (names.contains(file.fileName())) {
        found.put(file, new Path(folder, file.fileName()));
      } else if (names.contains(file.gzipName())) {
        found.put(file, new Path(folder, file.gzipName()));
      } else {
        missing.add(file.fileName());
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s: expected %s (each plain or with .gz), found %s; put the missing files there"
              .formatted(folder, String.join(", ", missing), shown(names)));
    }
    return found;
  }

  private static List<String> list(Path folder, Configuration configuration) {
    try {
      FileSystem system = folder.getFileSystem(configuration);
      FileStatus status = system.getFileStatus(folder);
      if (!status.isDirectory()) {
        throw new DataException(
            "%s: expected a folder with %s, found a file; give the folder that holds it"
                .formatted(folder, allNames()));
      }
      return Arrays.stream(system.listStatus(folder)).map(s -> s.getPath().getName()).toList();
    } catch (DataException e) {
      throw e;
    } catch (FileNotFoundException e) {
      throw new DataException(
          "%s: expected a folder with %s, found nothing there; check the path"
              .formatted(folder, allNames()),
          e);
    } catch (IOException | RuntimeException e) {
      throw InputFile.unreadable(folder, e);
    }
  }

  private static String allNames() {
    return Arrays.stream(MnistFile.values())
        .map(MnistFile::fileName)
        .collect(joining(", ", "", " (each plain or with .gz)"));
  }

  private static String shown(List<String> names) {
    if (names.isEmpty()) {
      return "an empty folder";
    }
    String first = names.stream().sorted().limit(NAMES_SHOWN).collect(joining(", "));
    return names.size() <= NAMES_SHOWN
        ? "only " + first
        : first + " and " + (names.size() - NAMES_SHOWN) + " more";
  }

  private static String nameOf(Path folder) {
    String name = new Path(folder.toString()).getName();
    return name.isEmpty() || name.equals(".") || name.equals("..") ? folder.toString() : name;
  }
}
