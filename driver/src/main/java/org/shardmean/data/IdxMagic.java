package org.shardmean.data;

/** The number that an IDX file starts with, and what another number tells about a file. */
enum IdxMagic {
  LABELS(0x00000801, "IDX labels"),
  IMAGES(0x00000803, "IDX images");

  private final long number;
  private final String meaning;

  IdxMagic(long number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** Reads the file's first four bytes, which must be this number. */
  void require(IdxStream stream) {
    long found = stream.readUnsignedInt("magic number");
    if (found != number) {
      throw stream.fault(
          0,
          "the magic number 0x%08x (%s)".formatted(number, meaning),
          "0x%08x (%s)".formatted(found, guess(found)),
          remedy(found));
    }
  }

  private String remedy(long found) {
    boolean otherKind = found == (this == IMAGES ? LABELS : IMAGES).number;
    return otherKind
        ? "are the images and the labels file swapped?"
        : "give a file in the IDX format of unsigned bytes";
  }

  private static String guess(long found) {
    for (IdxMagic magic : values()) {
      if (found == magic.number) {
        return magic.meaning;
      }
      if (found == Integer.toUnsignedLong(Integer.reverseBytes((int) magic.number))) {
        return magic.meaning + " with its bytes in the wrong order";
      }
    }
    if (found >>> 16 == 0x1f8b) {
      return "gzip within gzip";
    }
    if (found == 0x89504e47L) {
      return "a PNG image";
    }
    if (found >>> 16 == 0x504b) {
      return "a ZIP archive";
    }
    if (found >>> 24 == '<') {
      return "a web page, as a failed download leaves";
    }
    return found >>> 16 == 0 ? "IDX of another type or shape, or no IDX" : "not IDX";
  }
}
