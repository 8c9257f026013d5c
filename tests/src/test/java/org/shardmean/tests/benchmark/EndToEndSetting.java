package org.shardmean.tests.benchmark;

/**
 * How much the end-to-end benchmark does.
 *
 * @param data as {@code --data} of {@code train}
 * @param epochs of every training but those over Spark that are slow
 * @param longEpochs of the trainings by which one worker is compared with two: in a full benchmark
 *     so many that the one in the middle comes when the compiler, for which one worker leaves a
 *     core free, has done most of its work; 0 leaves them out
 * @param slowEpochs of DL4J's training over Spark: in a full benchmark about as long a run
 * @param mllibIterations of L-BFGS
 * @param runs of every contender but MLlib's, which is run once
 */
public record EndToEndSetting(
    String data, int epochs, int longEpochs, int slowEpochs, int mllibIterations, int runs) {}
