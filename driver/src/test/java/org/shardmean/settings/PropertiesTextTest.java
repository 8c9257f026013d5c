package org.shardmean.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
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

  @Test
  void aBrokenEscapeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> PropertiesText.parse("name = \\u12", "f"));
  }
}
