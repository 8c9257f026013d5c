package org.shardmean.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;

/** What every part of a pipeline has to hold. */
final class ParamsChecks {
  private ParamsChecks() {}

  /** Every param's value, as it is saved. */
  static List<String> values(Params part) {
    return Arrays.stream(part.params())
        .filter(part::isDefined)
        .map(param -> param.name() + "=" + json(part, param))
        .toList();
  }

  private static <T> String json(Params part, Param<T> param) {
    return param.jsonEncode(part.getOrDefault(param));
  }

  /** As Spark's ParamsSuite checks parts of pipelines. */
  static void checkParams(Params part) {
    Param<?>[] params = part.params();
    assertTrue(params.length >= 4);
    for (Param<?> param : params) {
      assertEquals(part.uid(), param.parent(), param.name());
      assertTrue(part.hasParam(param.name()));
      assertFalse(part.explainParam(param).isBlank());
    }
    assertEquals(params.length, Arrays.stream(params).map(Param::name).distinct().count());
    Params copy = part.copy(ParamMap.empty());
    assertEquals(part.uid(), copy.uid());
    assertEquals(part.getClass(), copy.getClass());
    assertEquals(values(part), values(copy));
  }
}
