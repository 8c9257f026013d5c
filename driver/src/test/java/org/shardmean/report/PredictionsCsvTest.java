package org.shardmean.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ClassifiedImage;
import org.shardmean.metrics.NamedImage;

class PredictionsCsvTest {
  @Test
  void aLineForEachImageWithAllProbabilities() throws IOException {
    assertEquals(
        """
        image,predicted,p0,p1,p2
        0,1,0.25,0.5,0.25
        "two, ""quoted"".png",2,1.0E-10,0.0,0.1
        """,
        written(image("0", 0.25f, 0.5f, 0.25f), image("two, \"quoted\".png", 1e-10f, 0f, 0.1f)));
  }

  /** Names come from files, and files from anybody. */
  @Test
  void aFilesNameIsNoFormula() throws IOException {
    assertEquals(
        """
        image,predicted,p0,p1,p2
        "'=HYPERLINK(""http://x"").png",1,0.0,1.0,0.0
        """,
        written(image("=HYPERLINK(\"http://x\").png", 0, 1, 0)));
  }

  @Test
  void withoutImagesOnlyTheHeader() throws IOException {
    assertEquals("image,predicted,p0,p1,p2\n", written());
  }

  @Test
  void ofEqualProbabilitiesTheFirstIsPredicted() {
    assertEquals(1, image("a", 0.2f, 0.4f, 0.4f).image().predicted());
  }

  private static NamedImage image(String name, float... probabilities) {
    return new NamedImage(name, new ClassifiedImage(new byte[4], probabilities));
  }

  private static String written(NamedImage... images) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PredictionsCsv.write(3, List.of(images).iterator(), out);
    return out.toString(UTF_8);
  }
}
