package org.shardmean.train;

/** The inner optimizer: how a worker turns a gradient into a step. */
public enum Optimizer {
  /** {@code w -= rate * g}. */
  SGD(0),
  /**
   * Nesterov's momentum as DL4J has it (Sutskever et al., 2013): {@code v' = mu * v - rate * g; w
   * += -mu * v + (1 + mu) * v'}.
   */
  MOMENTUM(1),
  /** Adam (Kingma and Ba, 2015, algorithm 1), with the bias correction folded into the rate. */
  ADAM(2);

  private final int moments;

  Optimizer(int moments) {
    this.moments = moments;
  }

  /** Floats of state kept for each parameter. */
  public int moments() {
    return moments;
  }
}
