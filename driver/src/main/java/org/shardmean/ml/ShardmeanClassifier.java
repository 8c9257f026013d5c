package org.shardmean.ml;

import static org.apache.spark.sql.functions.max;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.DataException;
import org.shardmean.data.RowScaling;
import org.shardmean.spark.TableColumns;

/**
 * A dense network that tells classes apart, for Spark ML's pipelines: softmax, trained by parameter
 * averaging. It takes the place of {@code MultilayerPerceptronClassifier}.
 *
 * <pre>{@code
 * ShardmeanClassificationModel model = new ShardmeanClassifier().setMaxIter(10).fit(table);
 * }</pre>
 *
 * {@code featuresCol} holds vectors, dense or sparse, or arrays of numbers; {@code labelCol} whole
 * numbers from 0. There are as many classes as {@code layers} ends in, else as the label's metadata
 * names (from {@code StringIndexer}), else the greatest label and one. The same rows, params and
 * number of workers give the same bits, in whatever order and partitioning the rows come.
 */
public final class ShardmeanClassifier
    extends ProbabilisticClassifier<Vector, ShardmeanClassifier, ShardmeanClassificationModel>
    implements TrainingParams<ShardmeanClassifier>, MLWritable {
  private static final long serialVersionUID = 1L;

  /** More are not believed, unless {@code layers} or the label's metadata say so. */
  private static final int MOST_CLASSES_FROM_LABELS = 100;

  private final String uid;
  private final TrainingParamSet own;

  /** One with a name of its own. */
  public ShardmeanClassifier() {
    this(AnnouncedUid.random("shardmeanClassifier"));
  }

  /** One of a given name, such as a saved one. */
  public ShardmeanClassifier(String uid) {
    this(AnnouncedUid.of(uid));
  }

  private ShardmeanClassifier(AnnouncedUid announced) {
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
  public ShardmeanClassifier self() {
    return this;
  }

  @Override
  public ShardmeanClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType vectors) {
    if (fitting) {
      FeaturesColumn.requireNumbers(
          schema,
          getLabelCol(),
          "number the classes by StringIndexer of org.apache.spark.ml.feature, before this estimator");
    }
    return super.validateAndTransformSchema(
        schema, fitting, FeaturesColumn.expected(schema, getFeaturesCol()));
  }

  @Override
  public ShardmeanClassificationModel train(Dataset<?> table) {
    TableColumns columns =
        TableColumns.labelled(List.of(getFeaturesCol()), getLabelCol(), classes(table));
    NetworkFit.Fitted fitted =
        new NetworkFit(this, table, columns)
            .fit(
                table,
                rows ->
                    getStandardization()
                        ? RowScaling.standard(rows)
                        : RowScaling.none(rows.shape()),
                Map.of());
    return new ShardmeanClassificationModel(uid, fitted);
  }

  private int classes(Dataset<?> table) {
    int[] units = find(layers()).orElse(new int[0]);
    if (units.length > 0) {
      return Math.max(1, units[units.length - 1]); // A layer of none is refused with all settings.
    }
    if (Attribute.fromStructField(table.schema().apply(getLabelCol()))
            instanceof NominalAttribute names
        && names.getNumValues().isDefined()) {
      return Math.max(2, (Integer) names.getNumValues().get());
    }
    return Math.max(2, 1 + greatestLabel(table));
  }

  /** Labels that are none are left to the check of all rows. */
  private int greatestLabel(Dataset<?> table) {
    Row greatest =
        table
            .select(TableColumns.named(getLabelCol()).cast("double").as("label"))
            .filter("label >= 0 and label = floor(label) and not isnan(label)")
            .agg(max("label"))
            .head();
    double found = greatest.isNullAt(0) ? 0 : greatest.getDouble(0);
    if (found >= MOST_CLASSES_FROM_LABELS) {
      throw new DataException(
          "column %s: expected labels from 0 to %d, found %.0f; number the classes by StringIndexer, or give layers"
              .formatted(getLabelCol(), MOST_CLASSES_FROM_LABELS - 1, found));
    }
    return (int) found;
  }

  @Override
  public MLWriter write() {
    return ParamsFiles.writer(this);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<ShardmeanClassifier> read() {
    return ParamsFiles.reader(
        ShardmeanClassifier.class, (folder, uid) -> new ShardmeanClassifier(uid));
  }

  /** Reads one from a folder. */
  public static ShardmeanClassifier load(String path) {
    return read().load(path);
  }
}
