package org.shardmean.model;

/** What a hidden layer applies to its weighted sums. Of the output layer, see {@link Output}. */
public enum Activation {
  RELU,
  SIGMOID,
  TANH
}
