package org.shardmean.run;

import static java.util.Objects.requireNonNull;

/**
 * The data of a run.
 *
 * @param name as shown to people
 * @param isMnist whether these are MNIST's own files, by their bytes
 * @param trainExamples examples trained on, without any held out
 * @param validationExamples examples every epoch is scored on
 * @param testExamples test examples there are
 * @param height rows of an image; of rows of numbers 1
 * @param width columns of an image; of rows of numbers how many numbers a row has
 * @param classes how many classes the labels tell apart
 * @param checksum of training and test examples together, in hexadecimal: other bytes give another
 */
public record DataRecord(
    String name,
    boolean isMnist,
    int trainExamples,
    int validationExamples,
    int testExamples,
    int height,
    int width,
    int classes,
    String checksum) {
  public DataRecord {
    requireNonNull(name, "name");
    requireNonNull(checksum, "checksum");
  }
}
