package org.shardmean.average;

/**
 * How far the workers had moved apart when a round averaged them.
 *
 * @param dispersion the root of the weighted mean squared distance of the workers' parameters from
 *     their mean, over the length of the mean's step from where the round began; 0 for one worker
 * @param stepLength the length of that step, {@code |mean - start|}
 * @param cosine between this round's step and the one before; NaN in the first round
 * @param noiseScale the gradient noise scale in examples, estimated from the workers' differing
 *     updates (McCandlish et al., "An Empirical Model of Large-Batch Training", 2018, appendix
 *     A.1); NaN for one worker
 */
public record Drift(double dispersion, double stepLength, double cosine, double noiseScale) {}
