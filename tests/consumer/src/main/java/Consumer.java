import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.shardmean.ml.ShardmeanClassificationModel;
import org.shardmean.ml.ShardmeanClassifier;

/** Trains on a table and answers it; ends with 1 where most answers are wrong. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] arguments) {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      Dataset<Row> table = table(spark);
      ShardmeanClassificationModel model = new ShardmeanClassifier().setMaxIter(20).fit(table);
      long correct = model.transform(table).filter("prediction = label").count();
      System.out.println(correct + " of " + table.count() + " rows are answered correctly");
      if (correct < 0.9 * table.count()) {
        throw new IllegalStateException("expected nine of ten correct answers");
      }
    }
  }

  /** Points inside a circle and outside of it. */
  private static Dataset<Row> table(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int x = -20; x < 20; x++) {
      for (int y = -20; y < 20; y++) {
        double label = x * x + y * y < 200 ? 1 : 0;
        rows.add(RowFactory.create(label, Vectors.dense(x / 10.0, y / 10.0)));
      }
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType()));
  }
}
