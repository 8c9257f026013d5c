package org.shardmean.settings;

/**
 * What a preset goes by.
 *
 * @param workers logical workers, K, at least 1
 * @param epochs at least 1
 * @param examples to train on, at least as many as workers
 * @param parameters of the network, at least 1
 */
public record RunSize(int workers, int epochs, int examples, int parameters) {
  public RunSize {
    if (workers < 1 || epochs < 1 || examples < workers || parameters < 1) {
      throw new IllegalArgumentException(
          "workers, epochs and parameters must be at least 1, and examples at least as many as workers, found %d, %d, %d and %d"
              .formatted(workers, epochs, parameters, examples));
    }
  }

  /** Examples of the smallest shard. */
  int shard() {
    return examples / workers;
  }
}
