package org.shardmean.ml;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.RowScaling;
import org.shardmean.model.SavedModel;
import org.shardmean.spark.TableColumns;

/**
 * A network that {@link ShardmeanAutoencoder} trained. It answers in plain Java, without a native
 * library.
 */
public final class ShardmeanAutoencoderModel extends Model<ShardmeanAutoencoderModel>
    implements AutoencoderParams<ShardmeanAutoencoderModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final TableNetwork network;
  private final AutoencoderParamSet columns;
  private final Param<String> handleInvalid;

  /** Null where the model was read. */
  private final transient ShardmeanTrainingSummary summary;

  ShardmeanAutoencoderModel(String uid, NetworkFit.Fitted fitted) {
    this(AnnouncedUid.of(uid), fitted.network(), fitted.summary());
  }

  private ShardmeanAutoencoderModel(
      AnnouncedUid announced, TableNetwork network, ShardmeanTrainingSummary summary) {
    this.uid = announced.taken();
    this.network = network;
    this.summary = summary;
    this.columns = new AutoencoderParamSet(this);
    this.handleInvalid = InvalidParam.of(this);
    setColumnDefaults();
    setDefault(handleInvalid, InvalidParam.ERROR);
  }

  @Override
  public String uid() {
    return uid == null ? AnnouncedUid.onItsWay() : uid;
  }

  @Override
  public AutoencoderParamSet columns() {
    return columns;
  }

  @Override
  public ShardmeanAutoencoderModel self() {
    return this;
  }

  /** What becomes of rows that the network cannot take: {@code error} or {@code skip}. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  public String getHandleInvalid() {
    return $(handleInvalid);
  }

  public ShardmeanAutoencoderModel setHandleInvalid(String policy) {
    set(handleInvalid, policy);
    return this;
  }

  /** Units of the input, every hidden layer and the output; a new array. */
  public int[] layers() {
    return network.layers();
  }

  /** The network as {@code model.zip} holds it; it takes and gives features that are scaled. */
  public SavedModel network() {
    return network.model();
  }

  /** What is done to features before the network takes them. */
  public RowScaling scaling() {
    return network.scaling();
  }

  /** Whether there is a {@link #summary}: not after the model was read. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * How the training went; its losses are mean squared errors of the scaled features.
   *
   * @throws IllegalStateException if the model was read
   */
  public ShardmeanTrainingSummary summary() {
    return ShardmeanTrainingSummary.required(summary);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withColumns(schema);
  }

  /** Answers on the executors, which fetch the network once. */
  @Override
  public Dataset<Row> transform(Dataset<?> table) {
    transformSchema(table.schema());
    NetworkHolder.Sent sent = NetworkHolder.send(network, table.sparkSession());
    UDF1<Vector, Vector> code = features -> FeaturesColumn.vector(sent.network().code(features));
    UDF1<Vector, Double> error = features -> sent.network().reconstructionError(features);
    return FeaturesColumn.answered(
        table,
        getFeaturesCol(),
        sent,
        InvalidRows.read(getHandleInvalid()),
        (rows, vectors) -> {
          Column features = TableColumns.named(vectors);
          Dataset<Row> answered = rows;
          if (!getOutputCol().isEmpty()) {
            answered =
                answered.withColumn(
                    getOutputCol(),
                    udf(code, SQLDataTypes.VectorType()).asNonNullable().apply(features));
          }
          if (!getErrorCol().isEmpty()) {
            answered =
                answered.withColumn(
                    getErrorCol(),
                    udf(error, DataTypes.DoubleType).asNonNullable().apply(features));
          }
          return answered;
        });
  }

  @Override
  public ShardmeanAutoencoderModel copy(ParamMap extra) {
    return copyValues(new ShardmeanAutoencoderModel(AnnouncedUid.of(uid), network, summary), extra)
        .setParent(parent());
  }

  @Override
  public String toString() {
    return "ShardmeanAutoencoderModel: uid=%s, layers=%s".formatted(uid, network.spec().written());
  }

  @Override
  public MLWriter write() {
    return ParamsFiles.writer(this, network);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<ShardmeanAutoencoderModel> read() {
    return ParamsFiles.reader(
        ShardmeanAutoencoderModel.class,
        (folder, uid) ->
            new ShardmeanAutoencoderModel(AnnouncedUid.of(uid), folder.network(), null));
  }

  /** Reads one from a folder. */
  public static ShardmeanAutoencoderModel load(String path) {
    return read().load(path);
  }
}
