package org.shardmean.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.shardmean.data.DataException;
import org.shardmean.data.TableAddress;
import org.shardmean.data.TableAddress.Format;

/** Opens the files of a table with Spark's readers, and finds its columns. */
public final class TableFile {
  private static final String LABEL = "label";

  private TableFile() {}

  /**
   * Opens a table: Parquet, CSV with a header, JSON lines or LIBSVM, by the ends of its files'
   * names.
   *
   * @throws DataException if there is no such file, or none that Spark reads
   */
  public static Dataset<Row> open(SparkSession spark, TableAddress address) {
    Format format = format(spark, address);
    try {
      return switch (format) {
        case PARQUET -> spark.read().parquet(address.path());
        case CSV ->
            spark.read().option("header", true).option("inferSchema", true).csv(address.path());
        case JSON -> spark.read().json(address.path());
        case LIBSVM -> spark.read().format("libsvm").load(address.path());
      };
    } catch (Exception e) { // Spark throws checked exceptions undeclared.
      if (format == Format.LIBSVM && e instanceof ClassNotFoundException) {
        throw new DataException(
            "%s: expected a Spark with MLlib, which reads *.libsvm, found one without; set SPARK_HOME to a Spark distribution, or give Parquet, CSV or JSON lines"
                .formatted(address.path()),
            e);
      }
      if (e instanceof AnalysisException) {
        throw unusable(address, e.getMessage().lines().findFirst().orElse(""), e);
      }
      throw e;
    }
  }

  private static Format format(SparkSession spark, TableAddress address) {
    Path path = new Path(address.path());
    try {
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      FileStatus[] found = Optional.ofNullable(files.globStatus(path)).orElse(new FileStatus[0]);
      if (found.length == 0) {
        throw unusable(address, "nothing of that name", null);
      }
      List<String> names = new ArrayList<>(List.of(address.name()));
      for (FileStatus one : found) {
        names.add(one.getPath().getName());
        if (one.isDirectory()) {
          Arrays.stream(files.listStatus(one.getPath()))
              .map(inside -> inside.getPath().getName())
              .forEach(names::add);
        }
      }
      return names.stream()
          .flatMap(name -> Format.of(name).stream())
          .findFirst()
          .orElseThrow(() -> unusable(address, "no file whose name ends in one of these", null));
    } catch (FileNotFoundException e) {
      throw unusable(address, "nothing of that name", e);
    } catch (IOException e) {
      throw unusable(address, e.getMessage(), e);
    }
  }

  private static DataException unusable(TableAddress address, String found, Exception cause) {
    return new DataException(
        "%s: expected a table in files *.parquet, *.csv, *.json or *.libsvm, found %s; check the path"
            .formatted(address.path(), found),
        cause);
  }

  /** The columns to learn: those that are named, else {@code label}, if there is one. */
  static List<String> labels(Dataset<Row> table, TableAddress address) {
    address.labels().forEach(name -> requireColumn(table, name));
    if (!address.labels().isEmpty()) {
      return address.labels();
    }
    return Arrays.asList(table.columns()).contains(LABEL) ? List.of(LABEL) : List.of();
  }

  /**
   * The columns of features, in the order of the table: those that are named or fit a pattern, else
   * all that are neither label nor weight.
   *
   * @param others label and weight
   * @throws DataException if a name or pattern fits none, or a column holds no numbers
   */
  static List<String> features(Dataset<Row> table, TableAddress address, List<String> others) {
    List<Pattern> patterns = address.features().stream().map(TableFile::pattern).toList();
    for (int p = 0; p < patterns.size(); p++) {
      Pattern pattern = patterns.get(p);
      if (Arrays.stream(table.columns()).noneMatch(name -> pattern.matcher(name).matches())) {
        throw noColumn(table, address.features().get(p));
      }
    }
    List<String> features =
        Arrays.stream(table.columns())
            .filter(name -> !others.contains(name))
            .filter(
                name ->
                    patterns.isEmpty()
                        || patterns.stream().anyMatch(p -> p.matcher(name).matches()))
            .toList();
    for (String name : features) {
      DataType type = table.schema().apply(name).dataType();
      if (!isNumbers(type)) {
        throw new DataException(
            "column %s: expected numbers, found %s; name the columns to learn from, without it (--features), or make it numbers first"
                .formatted(name, type.simpleString()));
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          "%s: expected columns to learn from, found only %s; give --features"
              .formatted(address.path(), String.join(", ", others)));
    }
    return features;
  }

  private static boolean isNumbers(DataType type) {
    return type instanceof NumericType
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType)
        || VectorCell.isType(type);
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  static void requireColumn(Dataset<Row> table, String name) {
    if (!Arrays.asList(table.columns()).contains(name)) {
      throw noColumn(table, name);
    }
  }

  private static DataException noColumn(Dataset<Row> table, String name) {
    return new DataException(
        "column %s: expected one of %s, found none of that name"
            .formatted(name, String.join(", ", table.columns())));
  }
}
