package org.shardmean.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.shardmean.data.InvalidRows;

/** The param {@code handleInvalid} of estimators and models. */
final class InvalidParam {
  static final String ERROR = InvalidRows.ERROR.written();

  private InvalidParam() {}

  static Param<String> of(Params owner) {
    return new Param<>(
        owner,
        "handleInvalid",
        "what becomes of rows with missing or invalid values: error or skip",
        ParamValidators.inArray(InvalidRows.allWritten().toArray(String[]::new)));
  }
}
