package org.shardmean.report;

/** Something to be said, in the language of whoever reads it. */
@FunctionalInterface
public interface Message {
  /** In the language of these texts. */
  String in(Texts t);
}
