package org.shardmean.experiment;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.TimeSplit;

/**
 * All grids there have been, as Parquet on any Hadoop path: {@code EXPERIMENT/STARTED/*.parquet}, a
 * row for each point. A grid that is appended again replaces itself.
 */
public final class ExperimentHistory {
  private static final StructType SCHEMA =
      new StructType()
          .add("experiment", StringType)
          .add("started", StringType)
          .add("commit", StringType)
          .add("master", StringType)
          .add("point", StringType)
          .add("setupCores", IntegerType)
          .add("variant", StringType)
          .add("varied", createArrayType(StringType))
          .add("variedValues", createArrayType(StringType))
          .add("settings", createMapType(StringType, StringType))
          .add("seed", LongType)
          .add("repeat", IntegerType)
          .add("problem", StringType)
          .add("cores", IntegerType)
          .add("trainExamples", IntegerType)
          .add("computeSeconds", DoubleType)
          .add("waitingSeconds", DoubleType)
          .add("syncSeconds", DoubleType)
          .add("evaluationSeconds", DoubleType)
          .add("bytesPerRound", DoubleType)
          .add("accuracies", createArrayType(DoubleType))
          .add("epochSeconds", createArrayType(DoubleType))
          .add("trainSeconds", createArrayType(DoubleType))
          .add("parametersSha256", StringType)
          .add("fingerprint", createMapType(StringType, StringType));

  private final SparkSession spark;
  private final String path;

  /**
   * The history at a path.
   *
   * @param path any Hadoop path; it need not be there
   */
  public ExperimentHistory(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
  }

  /** Adds a grid. */
  public void append(PastGrid grid) {
    List<Row> rows = grid.points().stream().map(point -> row(grid, point)).toList();
    spark
        .createDataFrame(rows, SCHEMA)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path + "/" + asFileName(grid.experiment()) + "/" + asFileName(grid.started()));
  }

  /** All grids of an experiment, the oldest first. */
  public List<PastGrid> of(String experiment) throws IOException {
    Path folder = new Path(path, asFileName(experiment));
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    FileSystem files = folder.getFileSystem(hadoop);
    if (!files.exists(folder)) {
      return List.of();
    }
    List<Row> rows =
        spark
            .read()
            .option("recursiveFileLookup", true)
            .schema(SCHEMA)
            .parquet(folder.toString())
            .where(functions.col("experiment").equalTo(experiment))
            .orderBy("started", "point")
            .collectAsList();
    Map<String, List<Row>> byGrid = new LinkedHashMap<>();
    for (Row row : rows) {
      byGrid.computeIfAbsent(row.getAs("started"), none -> new ArrayList<>()).add(row);
    }
    return byGrid.values().stream().map(ExperimentHistory::grid).toList();
  }

  private static Row row(PastGrid grid, PointRecord record) {
    Setup setup = record.point().setup();
    return RowFactory.create(
        grid.experiment(),
        grid.started(),
        grid.commit(),
        grid.master(),
        record.point().id(),
        setup.cores(),
        setup.variant(),
        setup.varied().keySet().toArray(),
        setup.varied().values().toArray(),
        setup.settings(),
        record.point().seed(),
        record.point().repeat(),
        record.problem(),
        record.cores(),
        record.trainExamples(),
        record.time().compute(),
        record.time().waiting(),
        record.time().sync(),
        record.time().evaluation(),
        record.bytesPerRound(),
        record.accuracies().toArray(),
        record.epochSeconds().toArray(),
        record.trainSeconds().toArray(),
        record.parametersSha256(),
        record.fingerprint().facts());
  }

  private static PastGrid grid(List<Row> rows) {
    Row first = rows.get(0);
    return new PastGrid(
        first.getAs("experiment"),
        first.getAs("started"),
        first.getAs("commit"),
        first.getAs("master"),
        rows.stream().map(ExperimentHistory::record).toList());
  }

  private static PointRecord record(Row row) {
    Setup setup =
        new Setup(
            row.<Integer>getAs("setupCores"),
            row.getAs("variant"),
            varied(row),
            row.getJavaMap(row.fieldIndex("settings")));
    return new PointRecord(
        new GridPoint(setup, row.<Long>getAs("seed"), row.<Integer>getAs("repeat")),
        row.getAs("problem"),
        row.<Integer>getAs("cores"),
        row.<Integer>getAs("trainExamples"),
        row.getList(row.fieldIndex("accuracies")),
        row.getList(row.fieldIndex("epochSeconds")),
        row.getList(row.fieldIndex("trainSeconds")),
        new TimeSplit(
            row.<Double>getAs("computeSeconds"),
            row.<Double>getAs("waitingSeconds"),
            row.<Double>getAs("syncSeconds"),
            row.<Double>getAs("evaluationSeconds")),
        row.<Double>getAs("bytesPerRound"),
        row.getAs("parametersSha256"),
        new Fingerprint(new TreeMap<>(row.getJavaMap(row.fieldIndex("fingerprint")))));
  }

  /** Two lists rather than a map, because their order is part of a setup's name. */
  private static Map<String, String> varied(Row row) {
    List<String> names = row.getList(row.fieldIndex("varied"));
    List<String> values = row.getList(row.fieldIndex("variedValues"));
    Map<String, String> varied = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      varied.put(names.get(i), values.get(i));
    }
    return varied;
  }

  private static String asFileName(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
