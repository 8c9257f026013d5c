package org.shardmean.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.shardmean.data.TableForm;

/**
 * The zip that DL4J's ModelSerializer writes and opens, here without DL4J and ND4J: those take
 * seconds to start; and when they read, they allocate what the file declares and deserialize Java
 * objects from an entry preprocessor.bin.
 *
 * <p>Its entries are, in this order, the network (configuration.json), its parameters
 * (coefficients.bin), their SHA-256 and where the model comes from, where it was written here
 * (parameters.sha256 and origin.json), for a network of tables what their rows are (table.json;
 * DL4J ignores all three), and the optimizer's state where DL4J was told to save it. No other entry
 * is accepted.
 */
final class ModelZip {
  private static final String NETWORK = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String DIGEST = "parameters.sha256";
  private static final String ORIGIN = "origin.json";
  private static final String TABLE = "table.json";
  private static final String STATE = "updaterState.bin";

  private static final int DIGEST_CHARACTERS = 64;

  /** An optimizer's state is at most four numbers of 8 bytes for each parameter. */
  private static final int MOST_STATE_BYTES = 4 * Double.BYTES;

  private ModelZip() {}

  /** Writes the zip and leaves the stream open. The same model is the same bytes everywhere. */
  static void write(SavedModel model, OutputStream out) throws IOException {
    try (StoredZip zip = new StoredZip(out)) {
      byte[] network = NetworkJson.write(model.spec());
      byte[] digest = ParametersDigest.sha256(model.parameters()).getBytes(US_ASCII);
      zip.put(NETWORK, to -> to.write(network));
      zip.put(PARAMETERS, to -> Nd4jVector.write(model.parameters(), to));
      zip.put(DIGEST, to -> to.write(digest));
      Optional<byte[]> origin = origin(model);
      if (origin.isPresent()) {
        zip.put(ORIGIN, to -> to.write(origin.get()));
      }
      if (model.table().isPresent()) {
        byte[] table = TableFormJson.write(model.table().get());
        zip.put(TABLE, to -> to.write(table));
      }
    }
  }

  /**
   * Reads a network and its parameters; the network bounds how many bytes those may be.
   *
   * @throws IOException if it is no such file; the message is one line
   * @throws IllegalArgumentException if its network is none of ours
   */
  static SavedModel read(InputStream in) throws IOException {
    try (ZipEntries entries = new ZipEntries(in)) {
      ModelSpec spec = entries.read(NETWORK, NetworkJson::read);
      float[] parameters = entries.read(PARAMETERS, content -> Nd4jVector.read(content, spec));
      if (entries.isNext(DIGEST)) {
        requireEqual(entries.read(DIGEST, ModelZip::readDigest), parameters);
      }
      Optional<ModelOrigin> origin =
          entries.isNext(ORIGIN)
              ? Optional.of(entries.read(ORIGIN, OriginJson::read))
              : Optional.empty();
      Optional<TableForm> table =
          entries.isNext(TABLE)
              ? Optional.of(entries.read(TABLE, content -> TableFormJson.read(content, spec)))
              : Optional.empty();
      if (entries.isNext(STATE)) {
        entries.skip(STATE, mostStateBytes(spec));
      }
      entries.requireEnd();
      return new SavedModel(spec, parameters, origin, table);
    }
  }

  private static Optional<byte[]> origin(SavedModel model) throws IOException {
    return model.origin().isPresent() ? OriginJson.write(model.origin().get()) : Optional.empty();
  }

  private static String readDigest(InputStream content) throws IOException {
    return new String(content.readNBytes(DIGEST_CHARACTERS), US_ASCII);
  }

  private static void requireEqual(String digest, float[] parameters) throws IOException {
    String found = ParametersDigest.sha256(parameters);
    if (!digest.equals(found)) {
      throw new IOException(
          "parameters of digest %s where %s gives %s".formatted(found, DIGEST, digest));
    }
  }

  private static long mostStateBytes(ModelSpec spec) {
    return Nd4jVector.MOST_HEADER_BYTES + (long) spec.parameters() * MOST_STATE_BYTES;
  }
}
