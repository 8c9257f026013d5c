package org.shardmean.spark;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.var_pop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.shardmean.metrics.Residuals;
import org.shardmean.model.SavedModel;

/**
 * The numbers with which a network answered a table.
 *
 * @param name of the target, or of the column of an autoencoder's errors
 * @param rows that have an answer
 * @param mean of the answers, NaN where there are none, as the other two
 * @param residuals where the table has the target, over the rows that have both; none are shown
 */
public record AnswerStatistics(
    String name,
    long rows,
    double mean,
    double smallest,
    double largest,
    Optional<Residuals> residuals) {
  public AnswerStatistics {
    requireNonNull(name, "name");
    requireNonNull(residuals, "residuals");
  }

  /**
   * Those of each column of numbers that {@link TablePredictions#of} added.
   *
   * @param model no classifier
   */
  public static List<AnswerStatistics> of(Dataset<Row> answered, SavedModel model) {
    List<String> targets = model.table().orElseThrow().targets();
    List<String> columns = TablePredictions.columns(model);
    List<AnswerStatistics> found = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      Optional<String> target = targets.isEmpty() ? Optional.empty() : Optional.of(targets.get(c));
      found.add(of(answered, columns.get(c), target));
    }
    return found;
  }

  private static AnswerStatistics of(
      Dataset<Row> answered, String column, Optional<String> target) {
    Column answer = TableColumns.named(column);
    Row found = answered.agg(count(answer), avg(answer), min(answer), max(answer)).head();
    return new AnswerStatistics(
        target.orElse(column),
        found.getLong(0),
        number(found, 1),
        number(found, 2),
        number(found, 3),
        target
            .filter(name -> isNumber(answered, name))
            .flatMap(name -> residuals(answered, answer, name)));
  }

  private static boolean isNumber(Dataset<Row> table, String name) {
    return Arrays.asList(table.columns()).contains(name)
        && table.schema().apply(name).dataType() instanceof NumericType;
  }

  private static Optional<Residuals> residuals(Dataset<Row> answered, Column answer, String name) {
    Column target = TableColumns.named(name).cast("double");
    Column residual = target.minus(answer);
    Row found =
        answered
            .filter(answer.isNotNull().and(target.isNotNull()).and(not(isnan(target))))
            .agg(
                count(residual),
                var_pop(target),
                avg(residual.multiply(residual)),
                avg(abs(residual)))
            .head();
    if (found.getLong(0) == 0) {
      return Optional.empty();
    }
    double variance = found.getDouble(1);
    double meanSquare = found.getDouble(2);
    return Optional.of(
        new Residuals(
            name,
            found.getLong(0),
            variance > 0 ? 1 - meanSquare / variance : Double.NaN,
            Math.sqrt(meanSquare),
            found.getDouble(3),
            List.of()));
  }

  private static double number(Row row, int place) {
    return row.isNullAt(place) ? Double.NaN : row.getDouble(place);
  }
}
