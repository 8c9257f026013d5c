package org.shardmean.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The columns of an autoencoder, declared once for estimator and model. */
public final class AutoencoderParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> featuresCol;
  final Param<String> outputCol;
  final Param<String> errorCol;

  AutoencoderParamSet(Params owner) {
    featuresCol = new Param<>(owner, "featuresCol", "column of features");
    outputCol =
        new Param<>(
            owner, "outputCol", "column of the code: what the narrowest layer says; none if empty");
    errorCol =
        new Param<>(
            owner,
            "errorCol",
            "column of the reconstruction error: the mean squared error of the scaled features; none if empty");
  }
}
