package org.shardmean.data;

/**
 * The four files of a dataset in MNIST's layout, with size and digest of the original ones. Both
 * are of the uncompressed bytes, because every mirror has another gzip header.
 */
public enum MnistFile {
  TRAIN_IMAGES(
      "train-images-idx3-ubyte",
      47_040_016,
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
  TRAIN_LABELS(
      "train-labels-idx1-ubyte",
      60_008,
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
  TEST_IMAGES(
      "t10k-images-idx3-ubyte",
      7_840_016,
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
  TEST_LABELS(
      "t10k-labels-idx1-ubyte",
      10_008,
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  private final String fileName;
  private final long mnistBytes;
  private final String mnistSha256;

  MnistFile(String fileName, long mnistBytes, String mnistSha256) {
    this.fileName = fileName;
    this.mnistBytes = mnistBytes;
    this.mnistSha256 = mnistSha256;
  }

  /** The file's name when it is not compressed. */
  public String fileName() {
    return fileName;
  }

  /** The file's name when it is compressed. */
  public String gzipName() {
    return fileName + ".gz";
  }

  /** Uncompressed bytes of MNIST's own file. */
  public long mnistBytes() {
    return mnistBytes;
  }

  /** SHA-256 of the uncompressed bytes of MNIST's own file, in lower-case hexadecimal. */
  public String mnistSha256() {
    return mnistSha256;
  }
}
