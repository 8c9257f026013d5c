package org.shardmean.ml;

import java.util.Arrays;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
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
import scala.Tuple3;

/**
 * A network that {@link ShardmeanClassifier} trained. It answers in plain Java, without a native
 * library. {@code rawPrediction} holds the weighted sums of the output layer, {@code probability}
 * their softmax, as {@code MultilayerPerceptronClassificationModel} has them.
 */
public final class ShardmeanClassificationModel
    extends ProbabilisticClassificationModel<Vector, ShardmeanClassificationModel>
    implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final NetworkHolder holder;
  private final Param<String> handleInvalid;

  /** Null where the model was read. */
  private final transient ShardmeanTrainingSummary summary;

  ShardmeanClassificationModel(String uid, NetworkFit.Fitted fitted) {
    this(AnnouncedUid.of(uid), fitted.network(), fitted.summary());
  }

  private ShardmeanClassificationModel(
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

  public ShardmeanClassificationModel setHandleInvalid(String policy) {
    set(handleInvalid, policy);
    return this;
  }

  @Override
  public int numClasses() {
    return holder.network().spec().classes();
  }

  @Override
  public int numFeatures() {
    return holder.network().spec().inputs();
  }

  /** Units of the input, every hidden layer and the output; a new array. */
  public int[] layers() {
    return holder.network().layers();
  }

  /**
   * The network as {@code model.zip} holds it; it takes features as {@link #scaling} leaves them.
   */
  public SavedModel network() {
    return holder.network().model();
  }

  /** What is done to features before the network takes them. */
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

  private ShardmeanClassificationModel with(NetworkHolder other) {
    return new ShardmeanClassificationModel(AnnouncedUid.of(uid), other, summary);
  }

  /**
   * The model with its columns of probabilities and predictions. Spark declares it twice, with
   * types that Java cannot have both unless they are said again; its own summaries alone ask it.
   */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return new Tuple3<>(this, getProbabilityCol(), getPredictionCol());
  }

  @Override
  public Vector predictRaw(Vector features) {
    return FeaturesColumn.vector(holder.network().sums(features));
  }

  /** The softmax, in double precision. */
  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    double[] values = ((DenseVector) raw).values();
    double highest = Arrays.stream(values).max().orElseThrow();
    double sum = 0;
    for (int c = 0; c < values.length; c++) {
      values[c] = Math.exp(values[c] - highest);
      sum += values[c];
    }
    for (int c = 0; c < values.length; c++) {
      values[c] /= sum;
    }
    return raw;
  }

  @Override
  public ShardmeanClassificationModel copy(ParamMap extra) {
    return copyValues(with(holder), extra).setParent(parent());
  }

  @Override
  public String toString() {
    return "ShardmeanClassificationModel: uid=%s, layers=%s"
        .formatted(uid, holder.network().spec().written());
  }

  @Override
  public MLWriter write() {
    return ParamsFiles.writer(this, holder.network());
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<ShardmeanClassificationModel> read() {
    return ParamsFiles.reader(
        ShardmeanClassificationModel.class,
        (folder, uid) ->
            new ShardmeanClassificationModel(AnnouncedUid.of(uid), folder.network(), null));
  }

  /** Reads one from a folder. */
  public static ShardmeanClassificationModel load(String path) {
    return read().load(path);
  }
}
