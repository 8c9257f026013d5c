package org.shardmean.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The corpus of hostile and damaged model files: each is a sound one but for one fault. */
@SuppressWarnings("ImmutableEnumChecker") // The functions keep nothing.
enum HostileModel {
  PREPROCESSOR(with("preprocessor.bin", Gadget.serialized()), "an entry preprocessor.bin"),
  NORMALIZER(with("normalizer.bin", Gadget.serialized()), "an entry normalizer.bin"),
  GADGET_AS_PARAMETERS(put("coefficients.bin", Gadget.serialized()), "coefficients.bin cut short"),
  GADGET_AS_NETWORK(put("configuration.json", Gadget.serialized()), "that is no network"),
  PREPROCESSOR_FIRST(
      inside(entries -> first(entries, "preprocessor.bin", Gadget.serialized())),
      "an entry preprocessor.bin in the place of configuration.json"),
  LAYER_OF_A_FOREIGN_CLASS(
      inJson("org.deeplearning4j.nn.conf.layers.DenseLayer", bait()),
      "layer 0 must be a DenseLayer, found Gadget$Bait"),
  FUNCTION_OF_A_FOREIGN_CLASS(
      inJson("org.nd4j.linalg.activations.impl.ActivationTanH", bait()),
      "layer 0 must be relu, sigmoid or tanh, found gadget$bait"),
  OPTIMIZER_OF_A_FOREIGN_CLASS(inJson("org.nd4j.linalg.learning.config.Sgd", bait()), ""),

  FOREIGN_ENTRY(with("readme.txt", new byte[3]), "an entry readme.txt"),
  ENTRY_OUTSIDE(with("../../etc/passwd", new byte[3]), "an entry ../../etc/passwd"),
  ENTRY_AT_THE_ROOT(with("/etc/passwd", new byte[3]), "an entry /etc/passwd"),
  FOLDER(with("configuration.json/", new byte[0]), "an entry configuration.json/"),
  ENTRY_WITH_CONTROL_CHARACTERS(
      with("\u001b[2J\nerror: rm -rf", new byte[3]), "an entry ⟨U+001B⟩[2J⟨U+000A⟩error: rm -rf"),
  ENTRY_OF_A_LONG_NAME(with("x".repeat(60_000), new byte[3]), "an entry xxxxx"),
  PARAMETERS_FIRST(
      inside(entries -> first(entries, "coefficients.bin", entries.get("coefficients.bin"))),
      "an entry coefficients.bin in the place of configuration.json"),
  CONTENTS_SWAPPED(
      inside(
          entries -> {
            byte[] json = entries.get("configuration.json");
            entries.put("configuration.json", entries.get("coefficients.bin"));
            entries.put("coefficients.bin", json);
          }),
      "that is no network"),
  NETWORK_TWICE(
      zip -> twice(zip, "configuration.jsoX", "configuration.json"),
      "an entry configuration.json, which does not belong there"),
  PARAMETERS_TWICE(
      zip -> twice(zip, "coefficients.biX", "coefficients.bin"),
      "an entry coefficients.bin, which does not belong there"),

  BYTES_IN_FRONT(zip -> join(new byte[10], zip), "no zip file"),
  BYTES_BEHIND(zip -> join(zip, new byte[10]), "bytes behind its end"),
  ONE_ZIP_BEHIND_ANOTHER(zip -> join(zip, zip), "last record does not fit"),
  MANY_BYTES_BEHIND(zip -> join(zip, new byte[8 << 20]), "bytes behind its end"),
  ENCRYPTED(zip -> put(zip, 6, 1), "encrypted"),
  UNKNOWN_METHOD(zip -> put(zip, 8, 12), "found "),
  ZIP_WITHIN_THE_ZIP(
      zip -> inside(entries -> entries.put("coefficients.bin", zip)).apply(zip),
      "coefficients.bin cut short"),

  BOMB_AS_NETWORK(
      inside(entries -> entries.put("configuration.json", many(' '))),
      "configuration.json of more than 1048576 bytes"),
  BOMB_AS_PARAMETERS(zip -> bomb("9-4000-3000-4"), "a zip bomb: "),
  BOMB_BEHIND_THE_PARAMETERS(
      inside(
          entries ->
              entries.computeIfPresent(
                  "coefficients.bin", (name, bytes) -> join(bytes, many('\0')))),
      "coefficients.bin with bytes behind its end"),
  BOMB_AS_STATE(
      inside(entries -> entries.put("updaterState.bin", many('\0'))),
      "updaterState.bin of more than 3392 bytes"),
  BOMB_OF_NO_NAME(inside(entries -> entries.put("zeros", many('\0'))), "an entry zeros"),

  DEEP_JSON(put("configuration.json", "[".repeat(1 << 20).getBytes(UTF_8)), "that is no network"),
  DEEP_JSON_IN_A_VALUE_NOBODY_READS(
      inJson("\"stepFunction\":null", "\"stepFunction\":" + "{\"a\":".repeat(9_000)), "depth"),
  MANY_EMPTY_LAYERS(
      put("configuration.json", ("{\"confs\":[" + "{},".repeat(340_000) + "{}]}").getBytes(UTF_8)),
      "layer 0 must be a layer, found none"),
  MANY_STEPS(
      inside(entries -> entries.put("configuration.json", manySteps(80_000))),
      "no layer may change its inputs' form"),
  KEY_TWICE(inJson("\"nin\":9", "\"nin\":9, \"nin\":9"), "Duplicate field 'nin'"),
  TEXT_FOR_A_NUMBER(inJson("\"nin\":9", "\"nin\":\"9\""), "that is no network"),
  FRACTION_FOR_A_NUMBER(inJson("\"nin\":9", "\"nin\":9.5"), "that is no network"),
  NUMBER_OF_MANY_DIGITS(inJson("\"nin\":9", "\"nin\":9" + "0".repeat(9_000)), "that is no network"),
  NUMBER_OF_A_GREAT_EXPONENT(inJson("\"nin\":9", "\"nin\":1e999999999"), "that is no network"),
  TEXT_OF_MANY_CHARACTERS(
      inJson("org.deeplearning4j.nn.conf.layers.DenseLayer", "x".repeat(1 << 19)),
      "that is no network"),
  NOTHING_FOR_A_NUMBER(inJson("\"nin\":9", "\"nin\":null"), "must have nin, nout"),
  NO_LAYERS(put("configuration.json", "{\"confs\":[]}".getBytes(UTF_8)), "expected an input"),
  NO_JSON(put("configuration.json", new byte[0]), "that is no network"),
  JSON_BEHIND_JSON(
      inside(
          entries ->
              entries.computeIfPresent("configuration.json", (name, bytes) -> join(bytes, bytes))),
      "that is no network"),
  NEGATIVE_UNITS(inJson("\"nin\":9", "\"nin\":-9"), "expected an input"),
  UNITS_THAT_DO_NOT_FIT(inJson("\"nin\":5", "\"nin\":6"), "layer 1 must have 5 inputs"),
  UNITS_PAST_ALL_REASON(inJson("\"nin\":9", "\"nin\":2147483647"), "make a layer smaller"),
  MORE_UNITS_THAN_A_LONG_COUNTS(
      inJson(
          "\"nin\":9", "\"nin\":2147483647",
          "\"nout\":5", "\"nout\":2147483647",
          "\"nin\":5", "\"nin\":2147483647",
          "\"nout\":4", "\"nout\":2147483647"),
      "make a layer smaller"),
  LAYER_NORMALIZATION(
      inJson("\"hasLayerNorm\":false", "\"hasLayerNorm\":true"), "layer normalization"),
  A_STEP_BETWEEN_LAYERS(
      inJson("\"inputPreProcessors\":{}", "\"inputPreProcessors\":{\"1\":{\"@class\":\"a.B\"}}"),
      "found layer 1 with a B"),

  SHAPE_OF_2_TO_THE_31(putLong(Place.SHAPE_NUMBERS, 1L << 31), "not a vector"),
  SHAPE_OF_2_TO_THE_62(putLong(Place.SHAPE_NUMBERS, 1L << 62), "not a vector"),
  RANK_OF_2_TO_THE_62(putLong(Place.RANK, 1L << 62), "not a vector"),
  RANK_32(putLong(Place.RANK, 32), "not a vector"),
  SHAPE_WITH_A_HUGE_COUNT(putLong(Place.SHAPE_COUNT, 1L << 62), "has 74 parameters, found 4611"),
  SHAPE_WITH_GAPS(putLong(Place.STRIDE, 1L << 40), "without gaps"),
  COUNT_0(putLong(Place.COUNT, 0), "has 74 parameters, found 0"),
  COUNT_73(putLong(Place.COUNT, 73), "has 74 parameters, found 73"),
  COUNT_OF_2_TO_THE_31(putLong(Place.COUNT, 1L << 31), "has 74 parameters, found 2147483648"),
  COUNT_OF_2_TO_THE_62(putLong(Place.COUNT, 1L << 62), "has 74 parameters, found 4611"),
  COUNT_BELOW_ZERO(putLong(Place.COUNT, -1), "has 74 parameters, found -1"),
  COUNT_OF_74_MODULO_2_TO_THE_32(putLong(Place.COUNT, (1L << 32) + 74), "found 4294967370"),
  TYPE_UNKNOWN(type("FLOAK"), "parameters of type FLOAK"),
  TYPE_TOO_LONG(inside(entries -> putShort(entries, Place.TYPE.at, 0xffff)), "cut short"),
  NOT_A_NUMBER(putInt(Place.VALUES.at, 0x7fc00000), "parameter 0 is NaN"),
  INFINITE(putInt(Place.VALUES.at + 73 * 4, 0x7f800000), "parameter 73 is Infinity"),
  NEGATIVE_INFINITE(putInt(Place.VALUES.at + 4, 0xff800000), "parameter 1 is -Infinity"),
  PARAMETERS_CUT_SHORT(
      inside(
          entries ->
              entries.computeIfPresent(
                  "coefficients.bin", (name, bytes) -> Arrays.copyOf(bytes, bytes.length - 1))),
      "cut short"),
  NO_DIGEST(put("parameters.sha256", new byte[0]), "where parameters.sha256 gives ;"),
  DIGEST_OF_ANOTHER(
      put("parameters.sha256", "0".repeat(64).getBytes(UTF_8)),
      "where parameters.sha256 gives 000"),
  LONG_DIGEST(
      inside(
          entries ->
              entries.computeIfPresent("parameters.sha256", (name, bytes) -> join(bytes, bytes))),
      "parameters.sha256 with bytes behind its end"),
  NO_PARAMETERS(put("coefficients.bin", new byte[0]), "cut short");

  /** Where in coefficients.bin of a 9-5-4 network something stands. */
  private enum Place {
    SHAPE_NUMBERS(18),
    RANK(32),
    SHAPE_COUNT(40),
    STRIDE(48),
    COUNT(98),
    TYPE(106),
    VALUES(113);

    private final int at;

    Place(int at) {
      this.at = at;
    }
  }

  private final UnaryOperator<byte[]> fault;
  private final String message;

  HostileModel(UnaryOperator<byte[]> fault, String message) {
    this.fault = fault;
    this.message = message;
  }

  byte[] bytes() {
    return fault.apply(sound());
  }

  /** What the fault's message says; empty where there is no harm in the file. */
  String message() {
    return message;
  }

  /** A sound model of a 9-5-4 network with tanh. */
  static byte[] sound() {
    ModelSpec spec = ModelSpec.parse("9-5-4", Activation.TANH);
    return bytes(new SavedModel(spec, InitialParameters.draw(spec, 3)));
  }

  static byte[] bytes(SavedModel model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      model.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The file with other entries. */
  private static UnaryOperator<byte[]> inside(Consumer<Map<String, byte[]>> change) {
    return zip -> {
      Map<String, byte[]> entries = ZipBytes.entries(zip);
      change.accept(entries);
      return ZipBytes.zip(entries);
    };
  }

  private static UnaryOperator<byte[]> with(String name, byte[] content) {
    return inside(entries -> entries.put(name, content));
  }

  private static UnaryOperator<byte[]> put(String name, byte[] content) {
    return inside(
        entries -> {
          if (entries.replace(name, content) == null) {
            throw new IllegalArgumentException("no entry " + name);
          }
        });
  }

  private static void first(Map<String, byte[]> entries, String name, byte[] content) {
    Map<String, byte[]> others = new LinkedHashMap<>(entries);
    others.remove(name);
    entries.clear();
    entries.put(name, content);
    entries.putAll(others);
  }

  /** Replaces the first of each text by the one behind it. */
  private static UnaryOperator<byte[]> inJson(String... changes) {
    return inside(
        entries -> {
          StringBuilder json =
              new StringBuilder(new String(entries.get("configuration.json"), UTF_8));
          for (int i = 0; i < changes.length; i += 2) {
            int at = json.indexOf(changes[i]);
            if (at < 0) {
              throw new IllegalArgumentException("no " + changes[i] + " in " + json);
            }
            json.replace(at, at + changes[i].length(), changes[i + 1]);
          }
          entries.put("configuration.json", json.toString().getBytes(UTF_8));
        });
  }

  private static UnaryOperator<byte[]> putLong(Place place, long value) {
    return inside(
        entries -> ByteBuffer.wrap(entries.get("coefficients.bin")).putLong(place.at, value));
  }

  private static UnaryOperator<byte[]> putInt(int at, int value) {
    return inside(entries -> ByteBuffer.wrap(entries.get("coefficients.bin")).putInt(at, value));
  }

  private static void putShort(Map<String, byte[]> entries, int at, int value) {
    ByteBuffer.wrap(entries.get("coefficients.bin")).putShort(at, (short) value);
  }

  private static UnaryOperator<byte[]> type(String name) {
    return inside(
        entries ->
            ByteBuffer.wrap(entries.get("coefficients.bin"))
                .put(Place.TYPE.at + Short.BYTES, name.getBytes(UTF_8)));
  }

  private static byte[] put(byte[] bytes, int at, int value) {
    return ByteBuffer.wrap(bytes.clone()).put(at, (byte) value).array();
  }

  private static byte[] twice(byte[] zip, String placeholder, String name) {
    Map<String, byte[]> entries = ZipBytes.entries(zip);
    entries.put(placeholder, entries.get(name));
    return ZipBytes.rename(ZipBytes.zip(entries), placeholder, name);
  }

  /** A network whose parameters, all zero, unpack to a thousand times the file's size. */
  private static byte[] bomb(String layers) {
    ModelSpec spec = ModelSpec.parse(layers, Activation.TANH);
    SavedModel zeros = new SavedModel(spec, new float[spec.parameters()]);
    return ZipBytes.zip(ZipBytes.entries(bytes(zeros)));
  }

  private static byte[] manySteps(int count) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add("\"%d\":{}".formatted(i));
    }
    return ("{\"inputPreProcessors\":{" + String.join(",", steps) + "}}").getBytes(UTF_8);
  }

  /** So many that whoever keeps them all takes too much memory; made when they are needed. */
  private static byte[] many(char character) {
    byte[] bytes = new byte[80 << 20];
    Arrays.fill(bytes, (byte) character);
    return bytes;
  }

  private static String bait() {
    return "org.shardmean.model.Gadget$Bait";
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
