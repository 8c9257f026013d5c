package org.shardmean.tests.benchmark;

import static org.shardmean.tests.benchmark.TableSpeed.accuracy;
import static org.shardmean.tests.benchmark.TableSpeed.rSquared;
import static org.shardmean.tests.benchmark.TableSpeed.say;
import static org.shardmean.tests.benchmark.TableSpeed.secondsSince;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.shardmean.ml.ShardmeanClassifier;
import org.shardmean.ml.ShardmeanRegressor;
import org.shardmean.rivals.NativeBlas;

/** A large generated table. Rows a second are those of the whole fit, epochs or iterations. */
final class GeneratedTableSpeed {
  private static final int FIRST = 64;
  private static final int SECOND = 32;
  private static final int[] FOR_CLASSES = {
    TeacherRows.FEATURES, FIRST, SECOND, TeacherRows.CLASSES
  };
  private static final int[] FOR_NUMBERS = {TeacherRows.FEATURES, FIRST, SECOND, 1};
  private static final long SEED = 1;

  private GeneratedTableSpeed() {}

  /** Ours and MLlib's. */
  static void classes(SpeedTables tables, TableSpeedSize size) {
    System.err.println("MLlib's linear algebra: " + NativeBlas.use());
    Dataset<Row> training = tables.cached(SpeedTables.TEACHER);
    Dataset<Row> heldOut = tables.cached(SpeedTables.HELD_OUT_TEACHER);
    long began = System.nanoTime();
    Model<?> ours =
        new ShardmeanClassifier()
            .setLayers(FOR_CLASSES)
            .setMaxIter(size.epochs())
            .setLabelCol(TeacherRows.CLASS)
            .setSeed(SEED)
            .fit(training);
    say("generated, classes, ours: rows/s", rows(size, size.epochs()) / secondsSince(began));
    say(
        "generated, classes, ours: held-out accuracy, %",
        accuracy(ours.transform(heldOut), TeacherRows.CLASS));
    began = System.nanoTime();
    Model<?> mllib =
        new MultilayerPerceptronClassifier()
            .setLayers(FOR_CLASSES)
            .setMaxIter(size.iterations())
            .setTol(0)
            .setLabelCol(TeacherRows.CLASS)
            .setSeed(SEED)
            .fit(training);
    say(
        "generated, classes, MLlib's perceptron: rows/s",
        rows(size, size.iterations()) / secondsSince(began));
    say(
        "generated, classes, MLlib's perceptron: held-out accuracy, %",
        accuracy(mllib.transform(heldOut), TeacherRows.CLASS));
  }

  /** Ours alone: MLlib has no network that answers with numbers. */
  static void numbers(SpeedTables tables, TableSpeedSize size) {
    Dataset<Row> training = tables.cached(SpeedTables.TEACHER);
    Dataset<Row> heldOut = tables.cached(SpeedTables.HELD_OUT_TEACHER);
    long began = System.nanoTime();
    Model<?> ours =
        new ShardmeanRegressor()
            .setLayers(FOR_NUMBERS)
            .setMaxIter(size.epochs())
            .setLabelCol(TeacherRows.NUMBER)
            .setSeed(SEED)
            .fit(training);
    say("generated, numbers, ours: rows/s", rows(size, size.epochs()) / secondsSince(began));
    say(
        "generated, numbers, ours: held-out R²",
        rSquared(ours.transform(heldOut), TeacherRows.NUMBER));
  }

  private static double rows(TableSpeedSize size, int passes) {
    return (double) size.rows() * passes;
  }
}
