package org.shardmean.data;

import java.io.Serializable;

/**
 * A list of labelled images, known by number: all that sharding needs to know of them, and a way to
 * get at any of them.
 *
 * <p>Loaded images ({@link LoadedExamples}) live on the driver, which hands each shard to its
 * executor; generated ones ({@link GeneratedExamples}) are drawn where they are needed; {@link
 * SelectedExamples} are some of either.
 */
public sealed interface ExampleSource extends Serializable
    permits LoadedExamples, GeneratedExamples, SelectedExamples {

  int count();

  int height();

  int width();

  int classes();

  /** The label of example {@code i}, without drawing or copying its image. */
  int label(int i);

  /** The examples at {@code indices}, in that order; the same on every machine. */
  ImageSet select(int[] indices);
}
