package org.shardmean.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingReasonTest {
  @Test
  void readsWhatItWrites() {
    SettingReason plain = new SettingReason("workers", "2", "task slots: two", Optional.empty());
    SettingReason other =
        new SettingReason("wire", "float32", "plain (as is)", Optional.of("int8"));

    assertEquals("workers = 2: task slots: two", plain.line());
    assertEquals("wire = float32: plain (as is) (--preset auto: int8)", other.line());
    assertEquals(Optional.of(plain), SettingReason.parse(plain.line()));
    assertEquals(Optional.of(other), SettingReason.parse(other.line()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "because", "workers = 2", "workers: 2 = 3", " = : "})
  void whatIsNoReasonOfASettingIsNotFound(String line) {
    assertEquals(Optional.empty(), SettingReason.find(List.of(line), TrainSettings.SEED));
  }

  /** Lines come from files. */
  @Property
  void readsAnyText(@ForAll String text) {
    SettingReason.parse(text).ifPresent(reason -> assertEquals(text, reason.line()));
    SettingReason.parse("workers = 2: x (--preset auto: " + text)
        .ifPresent(reason -> assertEquals("workers = 2: x (--preset auto: " + text, reason.line()));
  }
}
