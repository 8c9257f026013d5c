package org.shardmean.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Checks a PNG file before anything is decoded, or allocated as its header asks, and keeps only the
 * chunks that carry pixels (Portable Network Graphics Specification, ISO/IEC 15948, sections 5 and
 * 11). Text and colour profiles, which may unpack to any size, are left out.
 */
final class PngChunks {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Enough for photographs; decoded, each takes four bytes. */
  static final int MOST_PIXELS = 25_000_000;

  /** Of an image's pixels, unpacked; less pixels than above where they have 16 bits a channel. */
  static final int MOST_UNPACKED_BYTES = 100_000_000;

  /** Deflate's best: 258 bytes for a match of two bits. */
  private static final int MOST_BYTES_FROM_ONE = 1032;

  /** So much is unpacked without a look at what it comes from. */
  private static final int FREE_BYTES = 1 << 20;

  private static final Set<String> PIXEL_CHUNKS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final int HEADER_BYTES = 13;

  /** A chunk's length, name and check sum. */
  private static final int FRAME_BYTES = 12;

  private static final String CUT_SHORT = "the file is cut short, copy it again";

  private final String name;
  private final ByteBuffer file;
  private final ByteBuffer kept;

  /** Bytes that the header promises, and bytes that they have to be unpacked from. */
  private long unpacked;

  private long packed;

  private PngChunks(String name, byte[] bytes) {
    this.name = name;
    this.file = ByteBuffer.wrap(bytes);
    this.kept = ByteBuffer.allocate(bytes.length);
  }

  /**
   * The same image with only its pixels.
   *
   * @param name what to call the file in an error
   * @throws DataException if this is not a valid PNG file of 1 to {@value #MOST_PIXELS} pixels
   */
  static byte[] checked(String name, byte[] bytes) {
    return new PngChunks(name, bytes).check();
  }

  private byte[] check() {
    checkSignature();
    boolean first = true;
    String chunk;
    do {
      chunk = checkChunk(first);
      first = false;
    } while (!chunk.equals("IEND"));
    if (unpacked > FREE_BYTES && unpacked > packed * MOST_BYTES_FROM_ONE) {
      throw fault(
          file.position(),
          unpacked + " bytes of pixels, as the header promises",
          packed + " packed bytes, which cannot hold them",
          "the file is damaged, copy it again");
    }
    return Arrays.copyOf(kept.array(), kept.position());
  }

  private void checkSignature() {
    int compared = Math.min(SIGNATURE.length, file.remaining());
    byte[] found = new byte[compared];
    file.get(found);
    if (!Arrays.equals(found, SIGNATURE)) {
      String hex = compared == 0 ? "an empty file" : HexFormat.ofDelimiter(" ").formatHex(found);
      throw fault(0, "a PNG image (89 50 4e 47 …)", hex, "give PNG files");
    }
    kept.put(SIGNATURE);
  }

  /** Checks the chunk that comes next, keeps it if it carries pixels, and says which it is. */
  private String checkChunk(boolean first) {
    int at = file.position();
    if (file.remaining() < FRAME_BYTES) {
      throw fault(at, "another chunk", file.remaining() + " bytes", CUT_SHORT);
    }
    int length = file.getInt();
    byte[] type = new byte[4];
    file.get(type);
    String chunk = new String(type, StandardCharsets.ISO_8859_1);
    if (first && !(chunk.equals("IHDR") && length == HEADER_BYTES)) {
      throw fault(at, "a header (IHDR) of 13 bytes", "another chunk", "save the image again");
    }
    if (length < 0 || length > file.remaining() - 4) {
      throw fault(
          at,
          "a chunk of " + Integer.toUnsignedString(length) + " bytes",
          (file.limit() - at - FRAME_BYTES) + " left in the file",
          CUT_SHORT);
    }
    checkSum(at, length);
    if (first) {
      checkSize(at + 8);
    }
    packed += chunk.equals("IDAT") ? length : 0;
    if (PIXEL_CHUNKS.contains(chunk)) {
      kept.put(file.array(), at, FRAME_BYTES + length);
    }
    file.position(at + FRAME_BYTES + length);
    return chunk;
  }

  private void checkSum(int at, int length) {
    CRC32 sum = new CRC32();
    sum.update(file.array(), at + 4, 4 + length);
    int said = file.getInt(at + 8 + length);
    if ((int) sum.getValue() != said) {
      throw fault(
          at,
          "a chunk whose check sum is %08x".formatted(said),
          "%08x".formatted((int) sum.getValue()),
          "the file is damaged, copy it again");
    }
  }

  private void checkSize(int at) {
    long width = Integer.toUnsignedLong(file.getInt(at));
    long height = Integer.toUnsignedLong(file.getInt(at + 4));
    if (width == 0 || height == 0 || width > MOST_PIXELS || width * height > MOST_PIXELS) {
      throw fault(
          at,
          "1 to " + MOST_PIXELS + " pixels",
          width + " wide and " + height + " high",
          "save the image at a smaller size, or again if it is damaged");
    }
    unpacked = width * height * bitsOfAPixel(file.get(at + 8), file.get(at + 9)) / Byte.SIZE;
    if (unpacked > MOST_UNPACKED_BYTES) {
      throw fault(
          at,
          "pixels of at most " + MOST_UNPACKED_BYTES + " bytes",
          unpacked + " bytes",
          "save the image at a smaller size or with 8 bits a channel");
    }
  }

  /** By its channels; a colour type that does not exist is left to the decoder to refuse. */
  private static int bitsOfAPixel(int depth, int colourType) {
    return (depth & 0xff)
        * switch (colourType) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
  }

  private DataException fault(int at, String expected, String found, String remedy) {
    return new DataException(
        "%s: at byte %d: expected %s, found %s; %s".formatted(name, at, expected, found, remedy));
  }
}
