package org.shardmean.ml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.RowScaling;
import org.shardmean.model.Task;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.spark.TableColumns;

/**
 * A dense network that answers with a number, for Spark ML's pipelines: the identity, trained on
 * the squared error by parameter averaging.
 *
 * <pre>{@code
 * ShardmeanRegressionModel model = new ShardmeanRegressor().setMaxIter(30).fit(table);
 * }</pre>
 *
 * {@code featuresCol} holds vectors, dense or sparse, or arrays of numbers; {@code labelCol} the
 * number to answer with. The network learns it at mean 0 and standard deviation 1, and the model
 * answers in its own size; the losses of a training are those of the scaled numbers. The same rows,
 * params and number of workers give the same bits, in whatever order and partitioning the rows
 * come.
 */
public final class ShardmeanRegressor
    extends Regressor<Vector, ShardmeanRegressor, ShardmeanRegressionModel>
    implements TrainingParams<ShardmeanRegressor>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final TrainingParamSet own;

  /** One with a name of its own. */
  public ShardmeanRegressor() {
    this(AnnouncedUid.random("shardmeanRegressor"));
  }

  /** One of a given name, such as a saved one. */
  public ShardmeanRegressor(String uid) {
    this(AnnouncedUid.of(uid));
  }

  private ShardmeanRegressor(AnnouncedUid announced) {
    this.uid = announced.taken();
    this.own = new TrainingParamSet(this);
    setDefaults();
  }

  @Override
  public String uid() {
    return uid == null ? AnnouncedUid.onItsWay() : uid;
  }

  @Override
  public TrainingParamSet own() {
    return own;
  }

  @Override
  public ShardmeanRegressor self() {
    return this;
  }

  @Override
  public ShardmeanRegressor copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType vectors) {
    if (fitting) {
      FeaturesColumn.requireNumbers(schema, getLabelCol(), "cast it");
    }
    return super.validateAndTransformSchema(
        schema, fitting, FeaturesColumn.expected(schema, getFeaturesCol()));
  }

  @Override
  public ShardmeanRegressionModel train(Dataset<?> table) {
    TableColumns columns = TableColumns.withTargets(List.of(getFeaturesCol()), getLabelCol());
    NetworkFit.Fitted fitted =
        new NetworkFit(this, table, columns)
            .fit(
                table,
                rows -> {
                  RowScaling standard = RowScaling.standard(rows);
                  return getStandardization()
                      ? standard
                      : standard.withFeaturesAsTheyAre(rows.shape().inputs());
                },
                Map.of(TrainSettings.TASK.name(), ValueReader.written(Task.REGRESSION)));
    return new ShardmeanRegressionModel(uid, fitted);
  }

  @Override
  public MLWriter write() {
    return ParamsFiles.writer(this);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<ShardmeanRegressor> read() {
    return ParamsFiles.reader(
        ShardmeanRegressor.class, (folder, uid) -> new ShardmeanRegressor(uid));
  }

  /** Reads one from a folder. */
  public static ShardmeanRegressor load(String path) {
    return read().load(path);
  }
}
