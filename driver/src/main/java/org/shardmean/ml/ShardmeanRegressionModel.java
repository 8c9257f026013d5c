package org.shardmean.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.RowScaling;
import org.shardmean.model.SavedModel;

/**
 * A network that {@link ShardmeanRegressor} trained. It answers in plain Java, without a native
 * library.
 */
public final class ShardmeanRegressionModel
    extends RegressionModel<Vector, ShardmeanRegressionModel> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final NetworkHolder holder;
  private final Param<String> handleInvalid;

  /** Null where the model was read. */
  private final transient ShardmeanTrainingSummary summary;

  ShardmeanRegressionModel(String uid, NetworkFit.Fitted fitted) {
    this(AnnouncedUid.of(uid), fitted.network(), fitted.summary());
  }

  private ShardmeanRegressionModel(
      AnnouncedUid announced, NetworkHolder holder, ShardmeanTrainingSummary summary) {
    this.uid = announced.taken();
    this.holder = holder;
    this.summary = summary;
    this.handleInvalid = InvalidParam.of(this);
    setDefault(handleInvalid, InvalidParam.ERROR);
  }

  @Override
  public String uid() {
    return uid == null ? AnnouncedUid.onItsWay() : uid;
  }

  /** What becomes of rows that the network cannot take: {@code error} or {@code skip}. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  public String getHandleInvalid() {
    return $(handleInvalid);
  }

  public ShardmeanRegressionModel setHandleInvalid(String policy) {
    set(handleInvalid, policy);
    return this;
  }

  @Override
  public int numFeatures() {
    return holder.network().spec().inputs();
  }

  /** Units of the input, every hidden layer and the output; a new array. */
  public int[] layers() {
    return holder.network().layers();
  }

  /** The network as {@code model.zip} holds it; it takes and gives numbers that are scaled. */
  public SavedModel network() {
    return holder.network().model();
  }

  /** What is done to features before the network takes them, and undone to what it answers. */
  public RowScaling scaling() {
    return holder.network().scaling();
  }

  /** Whether there is a {@link #summary}: not after the model was read. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * How the training went.
   *
   * @throws IllegalStateException if the model was read
   */
  public ShardmeanTrainingSummary summary() {
    return ShardmeanTrainingSummary.required(summary);
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType vectors) {
    return super.validateAndTransformSchema(
        schema, fitting, FeaturesColumn.expected(schema, getFeaturesCol()));
  }

  /** Answers on the executors, which fetch the network once. */
  @Override
  public Dataset<Row> transform(Dataset<?> table) {
    if (holder instanceof NetworkHolder.Sent) {
      return super.transform(table);
    }
    transformSchema(table.schema());
    NetworkHolder.Sent sent = NetworkHolder.send(holder.network(), table.sparkSession());
    return FeaturesColumn.answered(
        table,
        getFeaturesCol(),
        sent,
        InvalidRows.read(getHandleInvalid()),
        (rows, vectors) ->
            copyValues(with(sent), ParamMap.empty()).setFeaturesCol(vectors).transform(rows));
  }

  private ShardmeanRegressionModel with(NetworkHolder other) {
    return new ShardmeanRegressionModel(AnnouncedUid.of(uid), other, summary);
  }

  @Override
  public double predict(Vector features) {
    TableNetwork network = holder.network();
    return network.scaling().unscaled(network.spec().inputs(), network.sums(features)[0]);
  }

  @Override
  public ShardmeanRegressionModel copy(ParamMap extra) {
    return copyValues(with(holder), extra).setParent(parent());
  }

  @Override
  public String toString() {
    return "ShardmeanRegressionModel: uid=%s, layers=%s"
        .formatted(uid, holder.network().spec().written());
  }

  @Override
  public MLWriter write() {
    return ParamsFiles.writer(this, holder.network());
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<ShardmeanRegressionModel> read() {
    return ParamsFiles.reader(
        ShardmeanRegressionModel.class,
        (folder, uid) ->
            new ShardmeanRegressionModel(AnnouncedUid.of(uid), folder.network(), null));
  }

  /** Reads one from a folder. */
  public static ShardmeanRegressionModel load(String path) {
    return read().load(path);
  }
}
