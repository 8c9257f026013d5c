package org.shardmean.model;

/** What a hidden layer applies to its weighted sums. The output layer is always softmax. */
public enum Activation {
  RELU,
  SIGMOID,
  TANH
}
