package org.shardmean.spark;

import java.io.Serializable;
import org.shardmean.metrics.NamedImage;

/**
 * What became of one image. One that cannot be read is told, not thrown: Spark would try it again
 * and fill the log with it.
 */
sealed interface ImageOutcome extends Serializable {
  /** It was read and classified. */
  record Classified(NamedImage image) implements ImageOutcome {}

  /** It could not be read; the fault is one line that names it. */
  record Unreadable(String fault) implements ImageOutcome {}
}
