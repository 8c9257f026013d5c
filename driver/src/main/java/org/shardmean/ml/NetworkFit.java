package org.shardmean.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.shardmean.RunFolder;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.data.RowScaling;
import org.shardmean.data.RowSet;
import org.shardmean.data.TableForm;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunListener;
import org.shardmean.run.Sentence;
import org.shardmean.run.TrainingFailedException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.Written;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TableColumns;
import org.shardmean.spark.TableRows;

/** One call of an estimator's {@code fit}: from a table's rows to a trained network. */
final class NetworkFit {
  /** Rows that are scored after each epoch where none are set aside for it. */
  private static final int SCORED_TRAINING_ROWS = 1_000;

  private final TrainingParams<?> params;
  private final JavaSparkContext spark;
  private final TableColumns columns;
  private final Optional<String> indicator;

  NetworkFit(TrainingParams<?> params, Dataset<?> table, TableColumns columns) {
    this.params = params;
    this.spark = JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    this.columns = params.find(params.weightCol()).map(columns::weightedBy).orElse(columns);
    this.indicator = params.find(params.validationIndicatorCol());
  }

  /** How the numbers of rows are brought to one size. */
  interface Scaler {
    RowScaling of(RowSet rows);
  }

  /**
   * What came of it.
   *
   * @param network trained, with the scaling of what it takes
   */
  record Fitted(TableNetwork network, ShardmeanTrainingSummary summary) {}

  /**
   * Trains.
   *
   * @param own settings that the estimator decides itself, by their names
   * @throws org.shardmean.data.DataException if a row cannot be an example
   * @throws ConfigurationException with every setting that does not fit
   * @throws TrainingFailedException if the training diverged
   */
  Fitted fit(Dataset<?> table, Scaler scaler, Map<String, String> own) {
    TableRows.Collected training = collected(table, Optional.of(false));
    Optional<TableRows.Collected> validation =
        indicator.map(column -> collected(table, Optional.of(true)));
    RowScaling scaling = scaler.of(training.rows());
    RowSet rows = scaling.apply(training.rows());
    RowSet scored =
        validation
            .map(some -> scaling.apply(some.rows()))
            .orElseGet(() -> rows.select(evenlySpread(rows.count())));
    long skipped = training.skipped() + validation.map(TableRows.Collected::skipped).orElse(0L);

    TableForm form =
        new ColumnNames(table.schema()).form(columns, training.rows().shape(), scaling);
    RunResult result =
        trained(dataset(rows, scored, validation.isPresent(), skipped).with(form), own);
    result.problem().ifPresent(NetworkFit::fail);
    return new Fitted(
        new TableNetwork(result.model(), scaling),
        new ShardmeanTrainingSummary(result, isValidated(result, validation.isPresent()), skipped));
  }

  private static void fail(String problem) {
    throw new TrainingFailedException(problem);
  }

  /** Also where the user has rows held out by {@code settings}. */
  private static boolean isValidated(RunResult result, boolean hasIndicator) {
    return hasIndicator || !result.record().config().validation().onTest();
  }

  private TableRows.Collected collected(Dataset<?> table, Optional<Boolean> ofValidation) {
    Dataset<Row> rows = table.toDF();
    if (indicator.isPresent()) {
      Column isValidation = coalesce(TableColumns.named(indicator.get()), lit(false));
      rows = rows.filter(ofValidation.orElseThrow() ? isValidation : not(isValidation));
    }
    return TableRows.collect(rows, columns, params.invalidRows());
  }

  private static int[] evenlySpread(int rows) {
    int count = Math.min(SCORED_TRAINING_ROWS, rows);
    int[] spread = new int[count];
    for (int i = 0; i < count; i++) {
      spread[i] = (int) ((long) i * rows / count);
    }
    return spread;
  }

  private static org.shardmean.data.Dataset dataset(
      RowSet rows, RowSet scored, boolean isValidated, long skipped) {
    List<String> notices = new ArrayList<>();
    if (!isValidated) {
      notices.add(
          Sentence.of(
              "No rows are set aside for validation: each epoch is scored on %,d of the training rows",
              scored.count()));
    }
    if (skipped > 0) {
      notices.add(TableRows.leftOut(skipped));
    }
    return new org.shardmean.data.Dataset("table", "table", false, rows, scored, notices);
  }

  private RunResult trained(org.shardmean.data.Dataset data, Map<String, String> own) {
    Cluster cluster = Cluster.of(spark);
    GivenSettings given = given(data, own, cluster);
    Training training = Training.of(data).settings(given);
    Optional<String> folders = params.find(params.checkpointDir());
    return folders.isEmpty()
        ? training.run(spark, cluster)
        : trainedIn(folder(folders.get(), given, data), training, given, cluster);
  }

  /** A run that is complete there is trained again, so that its summary is whole. */
  private RunResult trainedIn(
      String folder, Training training, GivenSettings given, Cluster cluster) {
    boolean isComplete;
    GivenSettings asked = given.under(TrainSettings.OUT, folder, "checkpointDir");
    try (RunFolder found = open(asked)) {
      isComplete = found.finished().isPresent();
    }
    if (isComplete) {
      asked = asked.under(TrainSettings.OVERWRITE, true, "checkpointDir");
    }
    try (RunFolder run = open(asked)) {
      return training.settings(run.settings()).run(spark, cluster, run);
    }
  }

  private RunFolder open(GivenSettings asked) {
    return RunFolder.open(
        spark.hadoopConfiguration(),
        asked,
        ZonedDateTime.now(ZoneId.systemDefault()),
        Optional.empty(),
        RunListener.NONE,
        () -> false);
  }

  /** Of its own for every data and settings, so that the fits of a CrossValidator do not meet. */
  private static String folder(
      String parent, GivenSettings given, org.shardmean.data.Dataset data) {
    List<String> texts =
        TrainSettings.ALL.stream()
            .filter(given::isGiven)
            .map(setting -> setting.name() + "=" + given.find(setting).orElseThrow())
            .toList();
    return "%s/fit-%08x-%s".formatted(parent, texts.hashCode(), data.checksum());
  }

  private GivenSettings given(
      org.shardmean.data.Dataset data, Map<String, String> own, Cluster cluster) {
    Map<String, Written> settings = new HashMap<>();
    own.forEach((name, text) -> settings.put(name, new Written(text, name)));
    for (String text : params.getSettings()) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new ConfigurationException(
            "settings: expected name=value, such as rounds-per-epoch=4, found " + text);
      }
      String name = text.substring(0, equals).trim();
      Training.of(data).set(name, text.substring(equals + 1).trim()); // Refuses unknown names.
      settings.put(name, new Written(text.substring(equals + 1).trim(), "settings " + name));
    }
    put(settings, TrainSettings.EPOCHS.name(), params.maxIter());
    put(settings, TrainSettings.LEARNING_RATE.name(), params.stepSize());
    put(settings, TrainSettings.SEED.name(), params.seed());
    put(settings, TrainSettings.OPTIMIZER.name(), params.solver());
    put(settings, TrainSettings.WORKERS.name(), params.numWorkers());
    put(settings, TrainSettings.PATIENCE.name(), params.patience());
    params
        .find(params.layers())
        .ifPresent(
            units ->
                settings.put(TrainSettings.LAYERS.name(), new Written(written(units), "layers")));
    GivenSettings given = new GivenSettings(List.of(settings));
    requireValidation(given);
    return params.isSet(params.blockSize()) ? withBatch(given, data, cluster) : given;
  }

  private void put(Map<String, Written> settings, String name, Param<?> param) {
    params
        .find(param)
        .ifPresent(value -> settings.put(name, new Written(String.valueOf(value), param.name())));
  }

  private static String written(int[] units) {
    return String.join("-", Arrays.stream(units).mapToObj(String::valueOf).toList());
  }

  private void requireValidation(GivenSettings given) {
    if (params.getPatience() > 0
        && indicator.isEmpty()
        && !given.isGiven(TrainSettings.VALIDATION)) {
      throw new ConfigurationException(
          "patience: expected rows to validate on, found none; set validationIndicatorCol, or settings to validation=0.1");
    }
  }

  /** As many rows as the smallest worker has, where those are fewer than were asked for. */
  private GivenSettings withBatch(
      GivenSettings given, org.shardmean.data.Dataset data, Cluster cluster) {
    int workers =
        Training.of(data).settings(given).resolve(cluster.slots()).config().averaging().workers();
    int batch = Math.min(params.getBlockSize(), Math.max(1, data.train().count() / workers));
    return given.under(TrainSettings.BATCH_SIZE, batch, "blockSize");
  }
}
