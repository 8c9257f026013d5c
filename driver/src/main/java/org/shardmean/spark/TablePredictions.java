package org.shardmean.spark;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.DataException;
import org.shardmean.data.TableForm;
import org.shardmean.metrics.Likeliest;
import org.shardmean.model.SavedModel;
import org.shardmean.model.Task;
import org.shardmean.predict.Predictor;
import org.shardmean.run.Sentence;

/**
 * A table with a network's answers beside its own columns: for a classifier {@code prediction}, the
 * name of the class, and {@code probability_…} for each class; for a regression {@code prediction},
 * of several targets {@code prediction_…} for each; for an autoencoder {@code
 * reconstruction_error}, the mean squared error of the scaled features. A row that the network
 * cannot take, because a number is missing or is none, has no answer.
 */
public final class TablePredictions {
  public static final String PREDICTION = "prediction";

  private static final String PROBABILITY = "probability_";
  private static final String ERROR = "reconstruction_error";
  private static final String ANSWER = "shardmean_answer";

  private TablePredictions() {}

  /**
   * Adds the answers.
   *
   * @param model of a table
   * @throws DataException if a column is missing that the network takes, or there is one already of
   *     a name that is added
   */
  public static Dataset<Row> of(Dataset<Row> table, SavedModel model) {
    TableForm form = model.table().orElseThrow();
    List<String> names = columns(model);
    requireColumns(table, form, names);
    Column[] features =
        form.features().stream()
            .map(column -> TableRows.inDoubles(table, column.name()))
            .toArray(Column[]::new);
    UserDefinedFunction answer =
        udf(new Answering(SentModel.of(model, table.sparkSession())), type(model, names));
    List<Column> all = new ArrayList<>();
    Arrays.stream(table.columns()).map(TableColumns::named).forEach(all::add);
    for (int i = 0; i < names.size(); i++) {
      all.add(col(ANSWER).getField("a" + i).as(names.get(i)));
    }
    return table
        .withColumn(ANSWER, answer.apply(struct(features)))
        .select(all.toArray(Column[]::new));
  }

  /** Whether a row of {@link #of} has an answer. */
  public static Column isAnswered(SavedModel model) {
    return TableColumns.named(columns(model).get(0)).isNotNull();
  }

  /**
   * Checks that every row has an answer.
   *
   * @param answered what {@link #of} gave
   * @throws DataException if one has none: how many such rows there are, and one of them
   */
  public static void requireAnswers(Dataset<Row> answered, SavedModel model) {
    List<String> features =
        model.table().orElseThrow().features().stream().map(TableForm.Column::name).toList();
    Column shown =
        to_json(
            struct(features.stream().map(TableColumns::named).toArray(Column[]::new)),
            Map.of("ignoreNullFields", "false"));
    Row found = answered.filter(not(isAnswered(model))).agg(count(lit(1)), min(shown)).head();
    if (found.getLong(0) > 0) {
      throw new DataException(
          "columns %s: expected finite numbers within float32, as many as the network takes, found %s with something else, such as %s; fill them in, or leave such rows out (--handle-invalid skip)"
              .formatted(
                  String.join(", ", features),
                  Sentence.counted(found.getLong(0), "row"),
                  TableExample.cut(found.getString(1))));
    }
  }

  /** The names of the columns that are added. */
  public static List<String> columns(SavedModel model) {
    TableForm form = model.table().orElseThrow();
    return switch (Task.of(model.spec().output())) {
      case CLASSIFICATION -> {
        List<String> names = new ArrayList<>(List.of(PREDICTION));
        for (int c = 0; c < model.spec().classes(); c++) {
          names.add(PROBABILITY + form.className(c));
        }
        yield names;
      }
      case REGRESSION ->
          form.targets().size() == 1
              ? List.of(PREDICTION)
              : form.targets().stream().map(target -> PREDICTION + "_" + target).toList();
      case AUTOENCODER -> List.of(ERROR);
    };
  }

  private static void requireColumns(Dataset<Row> table, TableForm form, List<String> added) {
    List<String> there = Arrays.asList(table.columns());
    for (TableForm.Column column : form.features()) {
      TableFile.requireColumn(table, column.name());
    }
    for (String name : added) {
      if (there.contains(name)) {
        throw new DataException(
            "column %s: expected none of that name, which the answers get, found one; rename it"
                .formatted(name));
      }
    }
  }

  private static StructType type(SavedModel model, List<String> names) {
    StructType type = new StructType();
    for (int i = 0; i < names.size(); i++) {
      boolean isName = i == 0 && model.spec().isClassifier();
      type = type.add("a" + i, isName ? DataTypes.StringType : DataTypes.DoubleType, true);
    }
    return type;
  }

  /** Answers one row. The predictor is made where it is first asked. */
  private static final class Answering implements UDF1<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final SentModel sent;
    private transient volatile Predictor predictor;
    private transient volatile SavedModel model;

    Answering(SentModel sent) {
      this.sent = requireNonNull(sent, "sent");
    }

    @Override
    public Row call(Row cells) {
      if (predictor == null) {
        model = sent.model();
        predictor = new Predictor(model);
      }
      TableForm form = model.table().orElseThrow();
      TableRow row =
          TableRow.of(cells, new TableFields(form.features().size(), 0, false, false, 1));
      if (!row.faults().isEmpty() || row.size() != form.inputs()) {
        return null;
      }
      float[] features = row.numbers();
      float[] outputs = predictor.outputs(features);
      return switch (Task.of(model.spec().output())) {
        case CLASSIFICATION -> classes(outputs, form);
        case REGRESSION -> RowFactory.create(doubles(outputs));
        case AUTOENCODER -> RowFactory.create(error(features, outputs, form));
      };
    }

    private static Row classes(float[] probabilities, TableForm form) {
      Object[] cells = new Object[probabilities.length + 1];
      cells[0] = form.className(Likeliest.of(probabilities, 0, probabilities.length));
      System.arraycopy(doubles(probabilities), 0, cells, 1, probabilities.length);
      return RowFactory.create(cells);
    }

    private static Object[] doubles(float[] numbers) {
      Object[] cells = new Object[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        cells[i] = Double.parseDouble(Float.toString(numbers[i])); // As short as the float.
      }
      return cells;
    }

    private static double error(float[] features, float[] outputs, TableForm form) {
      double sum = 0;
      for (int i = 0; i < outputs.length; i++) {
        double difference = (double) outputs[i] - form.scaling().scaled(i, features[i]);
        sum += difference * difference;
      }
      return sum / outputs.length;
    }
  }
}
