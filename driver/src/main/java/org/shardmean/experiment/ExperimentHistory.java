package org.shardmean.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.data.InputFile;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;

/**
 * All grids there have been, as JSON on any Hadoop path: {@code EXPERIMENT/STARTED.json} holds a
 * {@link PastGrid} with all its points, on one line, so that Spark reads a whole experiment as a
 * table. A grid that is appended again replaces itself.
 *
 * <p>Later grids are compared with an accepted one. The first whole grid of its kind is accepted by
 * itself; any other only when a person says so, so that a loss that was passed over once is not the
 * measure of the next.
 */
public final class ExperimentHistory {
  private static final String ENDING = ".json";

  /** How Jackson would be told to read the file all the same. */
  private static final String HINT = " \\(set DeserializationConfig.*";

  /** A grid's {@code isDone} and the like are no components of it. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Configuration hadoop;
  private final String path;

  /**
   * The history at a path.
   *
   * @param path any Hadoop path; it need not be there
   */
  public ExperimentHistory(Configuration hadoop, String path) {
    this.hadoop = hadoop;
    this.path = path;
  }

  /**
   * Adds a grid.
   *
   * @return the grid as it is kept: accepted where it is the first whole one of its kind
   */
  public PastGrid append(PastGrid grid) throws IOException {
    boolean isFirst =
        grid.isWhole()
            && of(grid.experiment()).stream()
                .noneMatch(
                    past ->
                        past.isAccepted()
                            && !past.started().equals(grid.started())
                            && Baseline.differences(grid.fingerprints(), past).isEmpty());
    PastGrid kept = isFirst ? grid.withAccepted("the first of its kind") : grid;
    write(kept);
    return kept;
  }

  /** All grids of an experiment, the oldest first. */
  public List<PastGrid> of(String experiment) throws IOException {
    return read(asFileName(experiment)).stream()
        .filter(grid -> grid.experiment().equals(experiment))
        .toList();
  }

  /**
   * Makes a grid the one that later grids of its experiment are compared with.
   *
   * @param id when it began, as {@link PastGrid#started} has it
   * @param when the acceptance, as it is to be shown
   * @return the accepted grid
   * @throws ConfigurationException when there is no such grid, several, or one with failed points
   */
  public PastGrid accept(String id, String when) throws IOException {
    List<PastGrid> all = read("*");
    List<PastGrid> found = all.stream().filter(grid -> grid.started().equals(id)).toList();
    if (found.size() != 1) {
      throw new ConfigurationException(
          "--accept %s: expected the time at which one grid in %s began, found %s; known are %s"
              .formatted(
                  id,
                  path,
                  found.isEmpty() ? "none" : found.size() + " grids",
                  all.isEmpty() ? "none" : String.join(", ", latest(all))));
    }
    PastGrid grid = found.get(0);
    if (!grid.isWhole()) {
      throw new ConfigurationException(
          "--accept %s: expected a grid of which every point ran, found %d of %d failed; run the grid again and accept that one"
              .formatted(id, grid.points().size() - grid.done().size(), grid.points().size()));
    }
    PastGrid accepted = grid.withAccepted("by a person, " + when);
    write(accepted);
    return accepted;
  }

  private static List<String> latest(List<PastGrid> grids) {
    return grids.subList(Math.max(0, grids.size() - 5), grids.size()).stream()
        .map(grid -> grid.started() + " (" + grid.experiment() + ")")
        .toList();
  }

  private void write(PastGrid grid) throws IOException {
    String folder = path + "/" + asFileName(grid.experiment());
    RunDirectory.createFor(hadoop, folder, List.of(), true)
        .write(asFileName(grid.started()) + ENDING, JSON.writeValueAsString(grid) + "\n");
  }

  private List<PastGrid> read(String folder) throws IOException {
    Path pattern = new Path(path, folder + "/*" + ENDING);
    FileSystem files = pattern.getFileSystem(hadoop);
    FileStatus[] found = files.globStatus(pattern);
    List<PastGrid> grids = new ArrayList<>();
    for (FileStatus status : found == null ? new FileStatus[0] : found) {
      grids.add(read(files, status.getPath()));
    }
    grids.sort(Comparator.comparing(PastGrid::started));
    return grids;
  }

  private static PastGrid read(FileSystem files, Path file) throws IOException {
    String json = InputFile.readText(files, file, RunDirectory.MOST_BYTES);
    try {
      PastGrid grid = JSON.readValue(json, PastGrid.class);
      if (grid == null) {
        throw unreadable(file, "null", null);
      }
      return grid;
    } catch (JsonProcessingException e) {
      throw unreadable(file, problem(e), e);
    }
  }

  /** Where Jackson knows it, such as {@code points[3].cores}, and what is wrong there. */
  private static String problem(JsonProcessingException e) {
    String what =
        e.getOriginalMessage().lines().findFirst().orElse("nothing").replaceFirst(HINT, "");
    String where =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(
                    at ->
                        at.getFieldName() == null
                            ? "[" + at.getIndex() + "]"
                            : "." + at.getFieldName())
                .collect(Collectors.joining())
            : "";
    return where.isEmpty() ? what : where.substring(1) + ": " + what;
  }

  private static DataException unreadable(Path file, String found, Exception cause) {
    return new DataException(
        "%s: expected a grid as the history keeps it, found: %s; move the file out of the history"
            .formatted(file, found),
        cause);
  }

  private static String asFileName(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
