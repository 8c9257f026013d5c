package org.shardmean.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shardmean.data.RowScaling;
import org.shardmean.data.TableForm;

class TableFormJsonTest {
  private static final ModelSpec SPEC = ModelSpec.parse("3-4-2", Activation.RELU);

  private static final TableForm FORM =
      new TableForm(
          List.of(
              TableForm.Column.of("age, in \"years\""),
              new TableForm.Column("place", 2, List.of("north", "east"))),
          Optional.of("kind"),
          List.of("cat", "ねこ"),
          List.of(),
          new RowScaling(new double[] {0.1, -3, 1e300}, new double[] {1, 0, 1 / 3.0}));

  private static SavedModel model(Optional<TableForm> table) {
    return new SavedModel(SPEC, InitialParameters.draw(SPEC, 3), Optional.empty(), table);
  }

  private static byte[] bytes(SavedModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    model.write(bytes);
    return bytes.toByteArray();
  }

  @Test
  void aNetworkKeepsWhatItsRowsAre() throws IOException {
    byte[] zip = bytes(model(Optional.of(FORM)));
    SavedModel back = SavedModel.read(new ByteArrayInputStream(zip), "model.zip");
    assertEquals(Optional.of(FORM), back.table());
    assertEquals(
        Optional.empty(),
        SavedModel.read(new ByteArrayInputStream(bytes(model(Optional.empty()))), "m").table());
    assertArrayEquals(zip, bytes(back));
  }

  @Test
  void everyNumberAndClassHasAName() {
    assertEquals(List.of("age, in \"years\"", "north", "east"), FORM.inputNames());
    assertEquals("ねこ", FORM.className(1));
    TableForm unnamed =
        new TableForm(
            List.of(new TableForm.Column("x", 2, List.of()), TableForm.Column.of("y")),
            Optional.empty(),
            List.of(),
            List.of("price"),
            new RowScaling(new double[] {0, 0, 0, 50}, new double[] {1, 1, 1, 0.5}));
    assertEquals(List.of("x[0]", "x[1]", "y"), unnamed.inputNames());
    assertEquals("7", unnamed.className(7));
    assertEquals(3, unnamed.inputs());
    assertEquals(54, unnamed.target(0, 2));
  }

  @Test
  void aFormThatDoesNotFitTheNetworkIsRefused() {
    ModelSpec other = ModelSpec.parse("4-2", Activation.RELU);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new SavedModel(
                other, InitialParameters.draw(other, 1), Optional.empty(), Optional.of(FORM)));
  }

  @Test
  void damagedFormsAreRefusedInALine() throws IOException {
    String sound = new String(TableFormJson.write(FORM), UTF_8);
    Map<String, String> damaged =
        Map.ofEntries(
            Map.entry("empty", ""),
            Map.entry("no object", "[]"),
            Map.entry("cut", sound.substring(0, sound.length() / 2)),
            Map.entry("a field twice", sound.replaceFirst("\\{", "{\"version\":1,")),
            Map.entry("a field too many", sound.replaceFirst("\\{", "{\"more\":1,")),
            Map.entry("another version", sound.replace("\"version\":1", "\"version\":2")),
            Map.entry("a text for a number", sound.replace("\"width\":2", "\"width\":\"2\"")),
            Map.entry("no width", sound.replace("\"width\":2", "\"wide\":2")),
            Map.entry("a width of minus one", sound.replace("\"width\":2", "\"width\":-1")),
            Map.entry("a huge width", sound.replace("\"width\":2", "\"width\":2147483647")),
            Map.entry("a name too few", sound.replace("\"north\",", "")),
            Map.entry("a number too large", sound.replace("-3.0", "1e999")),
            Map.entry("a scale below zero", sound.replace("\"scales\":[1.0", "\"scales\":[-1.0")),
            Map.entry("a scale too few", sound.replace("\"scales\":[1.0,", "\"scales\":[")),
            Map.entry(
                "targets beside a label", sound.replace("\"targets\":[", "\"targets\":[\"y\"")),
            Map.entry("deep", sound.replace("\"cat\"", "[".repeat(2_000) + "]".repeat(2_000))),
            Map.entry("a long name", sound.replace("cat", "c".repeat(20_000))),
            Map.entry("too long", sound + " ".repeat(2 << 20)),
            Map.entry("something behind", sound + "{}"));
    for (Map.Entry<String, String> fault : damaged.entrySet()) {
      IOException refused =
          assertThrows(
              IOException.class,
              () ->
                  TableFormJson.read(
                      new ByteArrayInputStream(fault.getValue().getBytes(UTF_8)), SPEC),
              fault.getKey());
      assertTrue(refused.getMessage().startsWith("table.json "), refused.getMessage());
      assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    }
  }
}
