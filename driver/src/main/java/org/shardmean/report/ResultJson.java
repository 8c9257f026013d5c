package org.shardmean.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.shardmean.data.DataException;
import org.shardmean.metrics.Residuals;
import org.shardmean.run.RunRecord;

/**
 * {@code result.json}: a run for programs. The contract is {@code docs/result.schema.json}; its
 * version is {@link #SCHEMA} and rises with every change that a reader of the old one would trip
 * over.
 *
 * <p>A number that is not finite is written as {@code null}; so are {@code best} and {@code test}
 * where there is none.
 */
public final class ResultJson {
  /** Version of the contract. */
  public static final int SCHEMA = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ResultJson() {}

  /** The run as JSON text, the same bytes for the same run on any platform. */
  public static String write(RunRecord run) {
    return write(run, List.of());
  }

  /**
   * As {@link #write(RunRecord)}, of a network that answers rows with numbers.
   *
   * @param residuals how far its answers are from each target
   */
  public static String write(RunRecord run, List<Residuals> residuals) {
    return text(ResultTree.of(run, residuals));
  }

  /** A tree as it stands in files. */
  static String text(JsonNode tree) {
    try {
      return JSON.writer(new Printer()).writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes can always be written", e);
    }
  }

  /**
   * Reads what {@link #write} wrote, as far as later runs are compared with it.
   *
   * @param source the file's name, for messages
   * @throws DataException when it is not JSON, not this version of the contract, or lacks a part
   */
  public static SavedResult read(String source, String json) {
    return SavedResultReader.read(source, tree(source, json));
  }

  /**
   * Reads all that {@link #write} wrote: the record as it was, but that sums of losses may differ
   * in the last bits.
   *
   * @param source the file's name, for messages
   * @param parameters the kept ones, which the file does not hold; empty where there are none
   * @throws DataException as {@link #read}
   */
  static RunRecord readRun(String source, String json, float[] parameters) {
    return RunRecordReader.read(source, tree(source, json), parameters);
  }

  private static JsonNode tree(String source, String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s, line %d: expected JSON, found: %s; give the result.json of a run that ended"
              .formatted(
                  source,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("nothing")),
          e);
    }
  }

  /** Two spaces to a level, the numbers of a matrix on one line, {@code \n} everywhere. */
  private static final class Printer extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;

    Printer() {
      indentObjectsWith(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new Printer();
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
      out.writeRaw(": ");
    }
  }
}
