package org.shardmean.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.RowScaling;
import org.shardmean.model.Task;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.spark.TableColumns;

/**
 * A dense network that learns to give a row's features back through a narrow layer, for Spark ML's
 * pipelines. Its model adds the code, that is what the narrowest layer says, and how far what comes
 * back is from the features, which is large for rows unlike those that it was trained on.
 *
 * <pre>{@code
 * new ShardmeanAutoencoder().setLayers(new int[] {30, 16, 4, 16, 30}).fit(table).transform(others);
 * }</pre>
 *
 * {@code featuresCol} holds vectors, dense or sparse, or arrays of numbers. With {@code
 * standardization} each feature is brought to the range from 0 to 1 that it has in the training
 * rows; without it features must have that range already.
 */
public final class ShardmeanAutoencoder extends Estimator<ShardmeanAutoencoderModel>
    implements TrainingParams<ShardmeanAutoencoder>,
        AutoencoderParams<ShardmeanAutoencoder>,
        MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final TrainingParamSet own;
  private final AutoencoderParamSet columns;

  /** One with a name of its own. */
  public ShardmeanAutoencoder() {
    this(AnnouncedUid.random("shardmeanAutoencoder"));
  }

  /** One of a given name, such as a saved one. */
  public ShardmeanAutoencoder(String uid) {
    this(AnnouncedUid.of(uid));
  }

  private ShardmeanAutoencoder(AnnouncedUid announced) {
    this.uid = announced.taken();
    this.own = new TrainingParamSet(this);
    this.columns = new AutoencoderParamSet(this);
    setDefaults();
    setColumnDefaults();
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
  public AutoencoderParamSet columns() {
    return columns;
  }

  @Override
  public ShardmeanAutoencoder self() {
    return this;
  }

  @Override
  public Param<String> handleInvalid() {
    return own.handleInvalid;
  }

  @Override
  public ShardmeanAutoencoder copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withColumns(schema);
  }

  @Override
  public ShardmeanAutoencoderModel fit(Dataset<?> table) {
    transformSchema(table.schema());
    requireNarrowLayer();
    TableColumns rows =
        new TableColumns(
            List.of(getFeaturesCol()), Optional.empty(), 1, List.of(), Optional.empty());
    NetworkFit.Fitted fitted =
        new NetworkFit(this, table, rows)
            .fit(
                table,
                some ->
                    getStandardization()
                        ? RowScaling.toUnitInterval(some)
                        : RowScaling.none(some.shape()),
                Map.of(TrainSettings.TASK.name(), ValueReader.written(Task.AUTOENCODER)));
    return copyValues(new ShardmeanAutoencoderModel(uid, fitted), ParamMap.empty()).setParent(this);
  }

  private void requireNarrowLayer() {
    find(layers())
        .filter(units -> units.length < 3)
        .ifPresent(
            units -> {
              throw new ConfigurationException(
                  "layers: expected a hidden layer, the code, between inputs and outputs, found %s; give one, such as 30, 4, 30"
                      .formatted(Arrays.toString(units)));
            });
  }

  @Override
  public MLWriter write() {
    return ParamsFiles.writer(this);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<ShardmeanAutoencoder> read() {
    return ParamsFiles.reader(
        ShardmeanAutoencoder.class, (folder, uid) -> new ShardmeanAutoencoder(uid));
  }

  /** Reads one from a folder. */
  public static ShardmeanAutoencoder load(String path) {
    return read().load(path);
  }
}
