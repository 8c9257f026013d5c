package org.shardmean.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.shardmean.data.DataException;
import org.shardmean.data.Sha256;
import org.shardmean.metrics.Answers;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.ClassifiedImage;
import org.shardmean.metrics.Examination;
import org.shardmean.metrics.Reliability;
import org.shardmean.metrics.Residuals;
import org.shardmean.run.DataRecord;
import org.shardmean.run.GivenBackRows;
import org.shardmean.run.Reconstructions;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;
import org.shardmean.run.WorkerShare;

/**
 * {@code examined.bin}: what the kept network answers to every validation image, and the images
 * that the report shows. With it, {@code result.json} and {@code model.zip} a report can be written
 * again, and runs can be compared image by image, without the data.
 *
 * <p>Numbers are big-endian, labels and pixels are bytes without sign. In this order:
 *
 * <ol>
 *   <li>the number {@code 0x534d4531} ("SME1"), an int;
 *   <li>the SHA-256 of the kept parameters, as in {@code result.json}, 32 bytes;
 *   <li>height, width and classes, three ints;
 *   <li>training images of each class, a long for each;
 *   <li>{@value Reliability#BINS} bins of confidence: examples (long), sum of confidences (double),
 *       correct ones (long);
 *   <li>three lists of images: samples, correct ones, misclassified ones. Each begins with the
 *       number of its images, an int. An image is its number (int), its label (a byte), its pixels,
 *       and, except for samples, a float for the probability of each class;
 *   <li>the number of validation images, an int, 0 where there are more than {@link Answers#MOST};
 *       then the label of each, a byte each, then the class that the network gives each;
 *   <li>the number of workers that are shown, an int; for each its number (int), its training
 *       images of each class (a long for each), and a list of some of them, like the samples;
 *   <li>of a network that is no classifier, what {@link ReconstructionsFile} says, then what {@link
 *       ResidualsFile} says, and then what {@link GivenBackRowsFile} says;
 *   <li>the SHA-256 of all before, 32 bytes.
 * </ol>
 *
 * Of large images each list has fewer, so that a list stays below {@value #MOST_BYTES_OF_A_LIST}
 * bytes.
 */
public final class ExaminedFile {
  private static final int MAGIC = 0x53_4d_45_31;
  private static final int DIGEST = 32;
  private static final int MOST_BYTES_OF_A_LIST = 4 << 20;
  private static final int MOST_CLASSES = 256;
  private static final String REMEDY = "the file was changed or cut: run again, or restore it";

  private ExaminedFile() {}

  /** The file of a run and its images. */
  public static byte[] write(RunRecord run, ShownImages images) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(MAGIC);
      out.write(fromHex(run.parametersSha256()));
      out.writeInt(images.height());
      out.writeInt(images.width());
      out.writeInt(images.trainPerClass().size());
      for (long count : images.trainPerClass()) {
        out.writeLong(count);
      }
      for (Reliability.Bin bin : images.examination().reliability().bins()) {
        out.writeLong(bin.examples());
        out.writeDouble(bin.confidenceSum());
        out.writeLong(bin.correct());
      }
      write(images.samples(), false, MOST_BYTES_OF_A_LIST, out);
      write(images.examination().correct(), true, MOST_BYTES_OF_A_LIST, out);
      write(images.examination().misclassified(), true, MOST_BYTES_OF_A_LIST, out);
      out.writeInt(images.answers().count());
      out.write(images.answers().actual());
      out.write(images.answers().predicted());
      out.writeInt(images.workers().size());
      for (WorkerShare share : images.workers()) {
        out.writeInt(share.worker());
        for (long count : share.perClass()) {
          out.writeLong(count);
        }
        int most = MOST_BYTES_OF_A_LIST / WorkerShare.MOST_WORKERS;
        write(share.samples(), false, most, out);
      }
      if (!run.config().model().isClassifier()) {
        ReconstructionsFile.write(images.reconstructions(), out);
        ResidualsFile.write(images.residuals(), out);
        GivenBackRowsFile.write(images.givenBackRows(), out);
      }
      out.write(Sha256.of(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void write(
      List<ClassifiedExample> examples,
      boolean withProbabilities,
      int mostBytes,
      DataOutputStream out)
      throws IOException {
    int each = examples.isEmpty() ? 1 : bytesOf(examples.get(0));
    List<ClassifiedExample> kept = examples.subList(0, Math.min(examples.size(), mostBytes / each));
    out.writeInt(kept.size());
    for (ClassifiedExample example : kept) {
      out.writeInt(example.example());
      out.writeByte(example.actual());
      out.write(example.image().pixels());
      if (withProbabilities) {
        for (float probability : example.image().probabilities()) {
          out.writeFloat(probability);
        }
      }
    }
  }

  private static int bytesOf(ClassifiedExample example) {
    return Integer.BYTES
        + 1
        + example.image().pixels().length
        + Float.BYTES * example.image().probabilities().length;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param source the file's name, for messages
   * @param run the run that it belongs to
   * @throws DataException if it is not that, in one line
   */
  public static ShownImages read(String source, byte[] file, RunRecord run) {
    int end = file.length - DIGEST;
    if (end < 0 || !isDigestOf(file, end)) {
      throw fault(source, "the bytes that were written", "others");
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, 0, end));
      boolean ofClasses = run.config().model().isClassifier();
      return new Reader(in, end, run.data(), ofClasses).read(fromHex(run.parametersSha256()));
    } catch (IOException | IllegalArgumentException e) {
      throw fault(
          source,
          "what the network of this run answers",
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static boolean isDigestOf(byte[] file, int end) {
    return Arrays.equals(
        Sha256.of(Arrays.copyOf(file, end)), Arrays.copyOfRange(file, end, file.length));
  }

  private static DataException fault(String source, String expected, String found) {
    return new DataException(
        "%s: expected %s, found %s; %s".formatted(source, expected, found, REMEDY));
  }

  /** As {@link Sha256} writes it. */
  private static byte[] fromHex(String sha256) {
    byte[] bytes = new byte[DIGEST];
    for (int i = 0; i < Math.min(DIGEST, sha256.length() / 2); i++) {
      bytes[i] = (byte) Integer.parseInt(sha256.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  /** Reads one file; makes no room for more than it can still hold. */
  private static final class Reader {
    private final DataInputStream in;
    private final DataRecord data;
    private final int bytes;
    private final boolean ofClasses;

    Reader(DataInputStream in, int bytes, DataRecord data, boolean ofClasses) {
      this.ofClasses = ofClasses;
      this.in = in;
      this.bytes = bytes;
      this.data = data;
    }

    ShownImages read(byte[] parametersSha256) throws IOException {
      require(in.readInt() == MAGIC, "another kind of file");
      require(Arrays.equals(in.readNBytes(DIGEST), parametersSha256), "those of another network");
      require(in.readInt() == data.height() && in.readInt() == data.width(), "other images");
      int classes = in.readInt();
      require(classes == data.classes() && classes <= MOST_CLASSES, "other classes");
      List<Long> perClass = perClass();
      Reliability reliability = reliability();
      List<ClassifiedExample> samples = examples(0, Integer.MAX_VALUE);
      List<ClassifiedExample> correct = examples(classes, Examination.MOST_CORRECT);
      List<ClassifiedExample> misclassified = examples(classes, Examination.MOST_MISCLASSIFIED);
      Answers answers = answers();
      List<WorkerShare> workers = workers();
      Optional<Reconstructions> reconstructions =
          ofClasses
              ? Optional.empty()
              : new ReconstructionsFile(in, data.height() * data.width(), data.classes()).read();
      List<Residuals> residuals = ofClasses ? List.of() : new ResidualsFile(in, bytes).read();
      Optional<GivenBackRows> givenBackRows =
          ofClasses
              ? Optional.empty()
              : new GivenBackRowsFile(in, data.height() * data.width(), bytes).read();
      require(in.read() < 0, "bytes behind the end");
      return new ShownImages(
          data.height(),
          data.width(),
          perClass,
          samples,
          new Examination(classes, reliability, correct, misclassified),
          answers,
          workers,
          reconstructions,
          residuals,
          givenBackRows);
    }

    private List<Long> perClass() throws IOException {
      List<Long> counts = new ArrayList<>();
      for (int label = 0; label < data.classes(); label++) {
        counts.add(in.readLong());
      }
      return counts;
    }

    private List<WorkerShare> workers() throws IOException {
      int count = in.readInt();
      require(count >= 0 && count <= WorkerShare.MOST_WORKERS, count + " workers");
      List<WorkerShare> workers = new ArrayList<>();
      for (int w = 0; w < count; w++) {
        workers.add(new WorkerShare(in.readInt(), perClass(), examples(0, Integer.MAX_VALUE)));
      }
      return workers;
    }

    private Reliability reliability() throws IOException {
      List<Reliability.Bin> bins = new ArrayList<>();
      for (int b = 0; b < Reliability.BINS; b++) {
        bins.add(new Reliability.Bin(in.readLong(), in.readDouble(), in.readLong()));
      }
      return new Reliability(bins);
    }

    private List<ClassifiedExample> examples(int probabilities, int most) throws IOException {
      int count = in.readInt();
      long pixels = (long) data.height() * data.width();
      require(count >= 0 && count <= most, count + " images");
      require(count * (pixels + Integer.BYTES + 1) <= bytes, "fewer images than it says");
      List<ClassifiedExample> examples = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = in.readInt();
        int label = label(in.readUnsignedByte());
        byte[] image = in.readNBytes(Math.toIntExact(pixels));
        float[] own = new float[probabilities];
        for (int c = 0; c < probabilities; c++) {
          own[c] = in.readFloat();
        }
        examples.add(new ClassifiedExample(number, label, new ClassifiedImage(image, own)));
      }
      return examples;
    }

    private Answers answers() throws IOException {
      int count = in.readInt();
      require(count == 0 || count == data.validationExamples(), count + " answers");
      require(2L * count <= bytes, "fewer answers than it says");
      byte[] actual = in.readNBytes(count);
      byte[] predicted = in.readNBytes(count);
      for (int i = 0; i < predicted.length; i++) {
        label(Byte.toUnsignedInt(actual[i]));
        label(Byte.toUnsignedInt(predicted[i]));
      }
      return new Answers(actual, predicted);
    }

    private int label(int label) throws IOException {
      require(label < data.classes(), "a class that there is not");
      return label;
    }

    private static void require(boolean holds, String otherwise) throws IOException {
      if (!holds) {
        throw new IOException(otherwise);
      }
    }
  }
}
