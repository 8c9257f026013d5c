package org.shardmean.tests.benchmark;

/**
 * How much the end-to-end benchmark does.
 *
 * @param data as {@code --data} of {@code train}
 * @param epochs of every training but those over Spark that are slow
 * @param slowEpochs of DL4J's training over Spark
 * @param mllibIterations of L-BFGS
 * @param runs of every contender but MLlib's, which is run once
 */
public record EndToEndSetting(
    String data, int epochs, int slowEpochs, int mllibIterations, int runs) {}
