package org.shardmean.ml;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.shardmean.spark.InvalidRows;

/** The param {@code handleInvalid} of estimators and models. */
final class InvalidParam {
  static final String ERROR = "error";

  private InvalidParam() {}

  static Param<String> of(Params owner) {
    return new Param<>(
        owner,
        "handleInvalid",
        "what becomes of rows with missing or invalid values: error or skip",
        ParamValidators.inArray(
            Arrays.stream(InvalidRows.values())
                .map(policy -> policy.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new)));
  }

  static InvalidRows policy(String value) {
    return InvalidRows.valueOf(value.toUpperCase(Locale.ROOT));
  }
}
