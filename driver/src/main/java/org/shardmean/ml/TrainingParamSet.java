package org.shardmean.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.shardmean.train.Optimizer;

/** The params that all estimators have beside Spark's own, declared once. */
public final class TrainingParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  final IntArrayParam layers;
  final IntParam maxIter;
  final DoubleParam stepSize;
  final LongParam seed;
  final IntParam blockSize;
  final Param<String> solver;
  final BooleanParam standardization;
  final IntParam numWorkers;
  final IntParam patience;
  final Param<String> weightCol;
  final Param<String> validationIndicatorCol;
  final Param<String> handleInvalid;
  final Param<String> checkpointDir;
  final StringArrayParam settings;

  TrainingParamSet(Params owner) {
    layers =
        new IntArrayParam(
            owner,
            "layers",
            "units of the input, every hidden layer and the output; if not set, the preset's hidden layers between as many as the data has");
    maxIter =
        new IntParam(
            owner, "maxIter", "epochs: how often each row is used (> 0)", ParamValidators.gt(0));
    stepSize =
        new DoubleParam(
            owner,
            "stepSize",
            "the highest learning rate (> 0); if not set, the preset's",
            ParamValidators.gt(0));
    seed = new LongParam(owner, "seed", "seed of all random draws");
    blockSize =
        new IntParam(
            owner,
            "blockSize",
            "rows of a minibatch (> 0), or all that a worker has where those are fewer; if not set, the preset's",
            ParamValidators.gt(0));
    solver =
        new Param<>(
            owner,
            "solver",
            "how a gradient becomes a step: adam, momentum or sgd; if not set, the preset's",
            ParamValidators.inArray(
                Arrays.stream(Optimizer.values())
                    .map(optimizer -> optimizer.name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new)));
    standardization =
        new BooleanParam(
            owner,
            "standardization",
            "whether features are brought to one size before training and in the model");
    numWorkers =
        new IntParam(
            owner,
            "numWorkers",
            "logical workers, whose networks are averaged (> 0); if not set, the preset chooses by data and cluster",
            ParamValidators.gt(0));
    patience =
        new IntParam(
            owner,
            "patience",
            "epochs without a better validation before training stops (>= 0); 0 never stops",
            ParamValidators.gtEq(0));
    weightCol =
        new Param<>(
            owner, "weightCol", "column of the rows' weights; if not set, each row counts as one");
    validationIndicatorCol =
        new Param<>(
            owner,
            "validationIndicatorCol",
            "column that is true for rows to validate on rather than to train on");
    handleInvalid = InvalidParam.of(owner);
    checkpointDir =
        new Param<>(
            owner,
            "checkpointDir",
            "folder of the runs' folders, in which a training that was broken off goes on, and a report is written");
    settings =
        new StringArrayParam(
            owner,
            "settings",
            "further settings of a training, each name=value, as docs/settings.md has them");
  }
}
