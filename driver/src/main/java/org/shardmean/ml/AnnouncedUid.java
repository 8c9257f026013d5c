package org.shardmean.ml;

import org.apache.spark.ml.util.Identifiable;

/**
 * The name of a part of a pipeline, on its way past the constructors of Spark's classes: they make
 * params, each of which asks the part for its name, before the part's own constructor can begin.
 *
 * <p>Announced while the arguments of a constructor are computed, taken by its first line.
 */
final class AnnouncedUid {
  private static final ThreadLocal<String> ON_ITS_WAY = new ThreadLocal<>();

  private final String uid;

  private AnnouncedUid(String uid) {
    this.uid = uid;
  }

  static AnnouncedUid of(String uid) {
    ON_ITS_WAY.set(uid);
    return new AnnouncedUid(uid);
  }

  /** One that no other part has. */
  static AnnouncedUid random(String prefix) {
    return of(Identifiable.randomUID(prefix));
  }

  /** The name of the part that this thread is making. */
  static String onItsWay() {
    return ON_ITS_WAY.get();
  }

  /** The name; from now on the part knows it itself. */
  String taken() {
    ON_ITS_WAY.remove();
    return uid;
  }
}
