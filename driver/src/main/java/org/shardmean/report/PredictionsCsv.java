package org.shardmean.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.shardmean.metrics.NamedImage;

/**
 * Predictions as CSV: a line for each image under the header {@code image,predicted,p0,p1,…}, a
 * probability for each class, as short as reads back to the same float. In the format of RFC 4180,
 * but lines end with {@code \n}; in UTF-8. Names are {@link CsvField}s.
 */
public final class PredictionsCsv {
  private PredictionsCsv() {}

  /** Writes all images and leaves the stream open. */
  public static void write(int classes, Iterator<NamedImage> images, OutputStream out)
      throws IOException {
    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.write("image,predicted");
    for (int c = 0; c < classes; c++) {
      csv.write(",p" + c);
    }
    csv.write('\n');
    while (images.hasNext()) {
      NamedImage named = images.next();
      csv.write(CsvField.of(named.name()) + ',' + named.image().predicted());
      for (float probability : named.image().probabilities()) {
        csv.write("," + probability);
      }
      csv.write('\n');
    }
    csv.flush();
  }
}
