package org.shardmean.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class of tests with one browser, which starts before the first test and ends after the last.
 */
abstract class BrowserTest {
  @TempDir static Path folder;
  static Browser browser;

  @BeforeAll
  static void startTheBrowser() throws IOException {
    browser = null;
    browser = Browser.startOrSkip(folder);
  }

  @AfterEach
  final void closePages() {
    browser.closePages();
  }

  @AfterAll
  static void endTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  static void openAllDetails(Browser.Page page) {
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
  }

  /** The texts of an array that a script gave. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
