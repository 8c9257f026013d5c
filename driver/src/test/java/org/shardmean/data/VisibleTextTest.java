package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void leavesWhatCanBeSeen() {
    String seen = "Größe <K=2> & \"7\" 数字 مرحبا 👩‍🏫 é";
    assertEquals(seen, VisibleText.of(seen));
  }

  @Test
  void showsWhatTurnsTheDirection() {
    assertEquals("a⟨U+202E⟩b⟨U+2066⟩c⟨U+200F⟩", VisibleText.of("a\u202eb\u2066c\u200f"));
  }

  @Test
  void showsControlCharactersAndHalvesOfCharacters() {
    assertEquals("⟨U+0000⟩⟨U+001B⟩[31m⟨U+000A⟩", VisibleText.of("\0\u001b[31m\n"));
    assertEquals("⟨U+D83D⟩x", VisibleText.of("\ud83dx"));
    assertEquals("⟨U+FEFF⟩⟨U+2028⟩", VisibleText.of("\ufeff\u2028"));
  }
}
