package org.shardmean.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.shardmean.Mutation;
import org.shardmean.Reading;
import org.shardmean.run.ConfigurationException;

class PropertiesTextTest {
  private static final byte[] SOUND =
      "# a grid\nworkers = 1, 2, \\\n  4\nname: \\u00fc\\u0020x\nbatch-size 64\n".getBytes(UTF_8);

  @Property
  void saysWhatJavaReads(@ForAll("files") String text) throws IOException {
    Properties expected = new Properties();
    expected.load(new StringReader(text));

    Map<String, String> read =
        PropertiesText.parse(text, "f").entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));

    assertEquals(
        expected.stringPropertyNames().stream()
            .collect(Collectors.toMap(key -> key, key -> expected.getProperty(key).trim())),
        read);
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.strings().withChars("ab=:# !\\\n\t ").ofMaxLength(40);
  }

  @Test
  void knowsTheLineOfAKey() {
    String text = "# not this \\\nepochs = 3\n\nlayers = 784-\\\n  10\nseed : 4\nepochs=5";

    Map<String, Written> read = PropertiesText.parse(text, "my.properties");

    assertEquals(new Written("5", "my.properties, line 7: epochs"), read.get("epochs"));
    assertEquals(new Written("784-10", "my.properties, line 4: layers"), read.get("layers"));
    assertEquals(new Written("4", "my.properties, line 6: seed"), read.get("seed"));
  }

  /** Whatever the file holds: every problem is a line, nothing of which is invisible. */
  @Property(tries = 3000)
  void aMutatedFileIsReadOrRefused(@ForAll("mutations") Mutation mutation) throws IOException {
    Path file = Files.createTempFile("hostile", ".properties");
    try {
      Files.write(file, mutation.applyTo(SOUND));
      Reading.of(() -> read(file));
    } finally {
      Files.delete(file);
    }
  }

  /** Looking for the end of so many backslashes took minutes once. */
  @Test
  void manyBackslashesAreReadAtOnce() {
    Reading.of(() -> PropertiesText.parse("name = " + "\\".repeat(1 << 18) + "x\n", "f"));
  }

  @Test
  void aFileWithoutEndIsRefused() {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "this system has no endless file");

    assertEquals("more than 1048576 bytes", Reading.of(() -> read(endless)).fault());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  /** As a job reads it: what cannot be read is a problem of the configuration. */
  private static Map<String, Written> read(Path file) {
    try {
      return PropertiesText.read(file, "f");
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void aBrokenEscapeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> PropertiesText.parse("name = \\u12", "f"));
  }
}
