package org.shardmean.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.Mutation;
import org.shardmean.Reading;

/** Where a model comes from, inside its file: to the letter, or refused. */
class ModelOriginTest {
  private static final String ENTRY = "origin.json";
  private static final ModelSpec SPEC = ModelSpec.parse("9-5-4", Activation.TANH);
  private static final float[] PARAMETERS = InitialParameters.draw(SPEC, 3);

  private static final ModelOrigin ORIGIN =
      new ModelOrigin(
          "completed",
          "deploy/submit train --name 'ワーカー \"1\"'",
          new TreeMap<>(Map.of("epochs", "5", "seed", "-7")),
          "mnist",
          "0123456789abcdef",
          new TreeMap<>(Map.of("validationAccuracy", 0.9825, "validationLoss", 0.1)),
          new TreeMap<>(Map.of("java", "17")),
          Optional.empty());

  private static final ModelOrigin WITH_PARENT =
      with(Optional.of(new ModelOrigin.Parent("after epoch 2", 5, "ab".repeat(32))));

  private static final byte[] SOUND = zip(Optional.of(WITH_PARENT));
  private static final Map<String, byte[]> PARTS = ZipBytes.entries(SOUND);

  @Test
  void itIsReadBackToTheLetter() {
    assertEquals(Optional.of(ORIGIN), origin(zip(Optional.of(ORIGIN))));
    assertEquals(Optional.of(WITH_PARENT), origin(SOUND));
    assertEquals(Optional.empty(), origin(zip(Optional.empty())));
    assertArrayEquals(SOUND, zip(Optional.of(WITH_PARENT)));
  }

  @Test
  void dl4jOpensAModelThatSaysWhereItComesFrom() throws IOException {
    assertArrayEquals(
        PARAMETERS,
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(SOUND))
            .params()
            .toFloatVector());
  }

  @Test
  void textsTooLongToBeReadAgainAreNotWritten() {
    ModelOrigin longer =
        new ModelOrigin(
            "completed",
            "x".repeat(OriginJson.MOST_BYTES),
            ORIGIN.settings(),
            "mnist",
            "0",
            ORIGIN.metrics(),
            ORIGIN.versions(),
            Optional.empty());

    assertEquals(Optional.empty(), origin(zip(Optional.of(longer))));
  }

  @Test
  void aFigureThatIsNotFiniteIsNoFigure() {
    TreeMap<String, Double> figures = new TreeMap<>(Map.of("loss", Double.NaN));

    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ModelOrigin(
                "", "", new TreeMap<>(), "", "", figures, new TreeMap<>(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"version\":1}",
        "not json",
        "{\"version\":1,\"version\":1}",
        "[[[[[[[[[[",
        "\u001b[2J",
      })
  void anotherTextIsRefused(String json) {
    assertRefused(json.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":1|\"version\":2",
        "\"version\":1|\"version\":\"1\"",
        "\"version\":1|\"version\":1.0",
        "\"status\":\"completed\"|\"status\":null",
        "\"status\":\"completed\"|\"status\":5",
        "\"status\":\"completed\"|\"status\":[\"completed\"]",
        "\"status\":\"completed\"|\"status\":\"completed\",\"more\":1",
        "\"status\":\"completed\",|",
        "\"epochs\":\"5\"|\"epochs\":5",
        "\"epochs\":\"5\"|\"epochs\":{\"a\":\"5\"}",
        "\"validationAccuracy\":0.9825|\"validationAccuracy\":1e999",
        "\"validationAccuracy\":0.9825|\"validationAccuracy\":\"0.9825\"",
        "\"validationAccuracy\":0.9825|\"validationAccuracy\":NaN",
        "\"epochs\":5|\"epochs\":99999999999",
        "\"after\":\"after epoch 2\"|\"after\":2",
        "\"after\":\"after epoch 2\",|",
        "\"java\":\"17\"|\"java\":\"17\",\"java\":\"18\"",
      })
  void oneChangeOfItsKindIsRefused(String change) {
    String[] fromAndTo = change.split("\\|", -1);
    String json = new String(PARTS.get(ENTRY), UTF_8);
    assertTrue(json.contains(fromAndTo[0]), json);

    assertRefused(json.replace(fromAndTo[0], fromAndTo[1]).getBytes(UTF_8));
  }

  @Test
  void aBombIsRefused() {
    assertRefused(" ".repeat(40 << 20).getBytes(UTF_8));
  }

  @Test
  void anOriginInAnotherPlaceIsRefused() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(ENTRY, PARTS.get(ENTRY));
    PARTS.forEach(parts::putIfAbsent);

    assertEquals(Optional.empty(), read(ZipBytes.zip(parts)).read());
  }

  @Property(tries = 3000)
  void aMutatedOriginIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    read(withEntry(mutation.applyTo(PARTS.get(ENTRY))))
        .read()
        .ifPresent(model -> assertArrayEquals(PARAMETERS, model.parameters()));
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  private static void assertRefused(byte[] entry) {
    Reading<SavedModel> reading = read(withEntry(entry));
    assertEquals(Optional.empty(), reading.read());
    assertTrue(reading.fault().contains("origin.json"), reading.fault());
  }

  private static byte[] withEntry(byte[] entry) {
    Map<String, byte[]> parts = new LinkedHashMap<>(PARTS);
    parts.put(ENTRY, entry);
    return ZipBytes.zip(parts);
  }

  private static ModelOrigin with(Optional<ModelOrigin.Parent> parent) {
    return new ModelOrigin(
        ORIGIN.status(),
        ORIGIN.command(),
        ORIGIN.settings(),
        ORIGIN.data(),
        ORIGIN.dataChecksum(),
        ORIGIN.metrics(),
        ORIGIN.versions(),
        parent);
  }

  private static byte[] zip(Optional<ModelOrigin> origin) {
    return HostileModel.bytes(new SavedModel(SPEC, PARAMETERS, origin));
  }

  private static Optional<ModelOrigin> origin(byte[] zip) {
    return read(zip).read().orElseThrow().origin();
  }

  private static Reading<SavedModel> read(byte[] bytes) {
    return Reading.of(() -> SavedModel.read(new ByteArrayInputStream(bytes), "model.zip"));
  }
}
