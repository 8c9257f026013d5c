package org.shardmean.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.shardmean.model.LittleEndianFloats;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.SavedModel;
import org.shardmean.model.StoredZip;

/**
 * Parameters as an {@code .npz} file of NumPy's: a zip of one {@code .npy} file (NumPy Enhancement
 * Proposal 1, version 1.0) for each array. {@code numpy.load} opens it without pickle.
 *
 * <p>Arrays are {@code layers}, int64, the units of the input and every layer; the texts {@code
 * hidden_activation} and {@code output} ({@code softmax}, {@code identity} or {@code sigmoid}); and
 * {@code layer1_weights}, float32, inputs × units, {@code layer1_biases}, float32, units, and so
 * on. So {@code pixels / 255 @ layer1_weights + layer1_biases} are the first layer's sums.
 */
final class NpzArrays {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The data behind a header begin at a multiple of it. */
  private static final int ALIGNMENT = 64;

  private NpzArrays() {}

  static void write(SavedModel model, OutputStream out) throws IOException {
    ParameterLayout layout = new ParameterLayout(model.spec());
    float[] parameters = model.parameters();
    try (StoredZip zip = new StoredZip(out)) {
      putWholeNumbers(zip, "layers", model.spec().layers());
      putText(zip, "hidden_activation", model.spec().hidden().name().toLowerCase(Locale.ROOT));
      putText(zip, "output", model.spec().output().function());
      if (model.table().isPresent()) {
        putDoubles(zip, "shifts", model.table().get().scaling().shifts());
        putDoubles(zip, "scales", model.table().get().scaling().scales());
      }
      for (int l = 0; l < layout.layers(); l++) {
        int inputs = layout.inputs(l);
        int units = layout.outputs(l);
        putFloats(zip, ParameterNames.weights(l), parameters, layout.weights(l), inputs, units);
        putFloats(zip, ParameterNames.biases(l), parameters, layout.biases(l), units);
      }
    }
  }

  /** Of a matrix the columns follow one another, which NumPy calls Fortran's order. */
  private static void putFloats(StoredZip zip, String name, float[] values, int from, int... shape)
      throws IOException {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    byte[] header = header("<f4", shape.length > 1, shape);
    zip.put(
        name + ".npy",
        out -> {
          out.write(header);
          LittleEndianFloats.write(values, from, count, out);
        });
  }

  private static void putDoubles(StoredZip zip, String name, double[] values) throws IOException {
    byte[] data = new byte[values.length * Double.BYTES];
    littleEndian(data).asDoubleBuffer().put(values);
    put(zip, name, header("<f8", false, values.length), data);
  }

  private static void putWholeNumbers(StoredZip zip, String name, List<Integer> values)
      throws IOException {
    byte[] data = new byte[values.size() * Long.BYTES];
    ByteBuffer into = littleEndian(data);
    values.forEach(into::putLong);
    put(zip, name, header("<i8", false, values.size()), data);
  }

  /** A single text; NumPy keeps its characters in 32 bits each. */
  private static void putText(StoredZip zip, String name, String text) throws IOException {
    byte[] data = new byte[text.length() * Integer.BYTES];
    ByteBuffer into = littleEndian(data);
    text.chars().forEach(into::putInt);
    put(zip, name, header("<U" + text.length(), false), data);
  }

  private static void put(StoredZip zip, String name, byte[] header, byte[] data)
      throws IOException {
    zip.put(
        name + ".npy",
        out -> {
          out.write(header);
          out.write(data);
        });
  }

  private static byte[] header(String type, boolean fortranOrder, int... shape) {
    String sizes =
        Arrays.stream(shape).mapToObj(size -> size + ",").collect(Collectors.joining(""));
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(type, fortranOrder ? "True" : "False", sizes);
    int before = MAGIC.length + Short.BYTES;
    int padding = ALIGNMENT - (before + text.length() + 1) % ALIGNMENT;
    byte[] padded = (text + " ".repeat(padding) + '\n').getBytes(US_ASCII);
    byte[] header = new byte[before + padded.length];
    littleEndian(header).put(MAGIC).putShort((short) padded.length).put(padded);
    return header;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
