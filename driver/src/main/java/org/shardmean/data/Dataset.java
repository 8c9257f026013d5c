package org.shardmean.data;

import static java.util.Objects.requireNonNull;

/**
 * What a run learns from and is tested on.
 *
 * @param name as shown to people: {@code mnist}, {@code generated}, or the folder's name
 * @param isMnist whether the training and test files are MNIST's own, by the SHA-256 of their bytes
 * @param train the training examples
 * @param test the test examples; of the same image size and class count
 */
public record Dataset(String name, boolean isMnist, ExampleSource train, ExampleSource test) {
  public Dataset {
    requireNonNull(name, "name");
    requireNonNull(train, "train");
    requireNonNull(test, "test");
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new DataException(
          "%s: test images must be of the training images' size %dx%d, found %dx%d; give matching files"
              .formatted(name, train.height(), train.width(), test.height(), test.width()));
    }
    if (train.classes() != test.classes()) {
      throw new DataException(
          "%s: test labels must be of the training labels' %d classes, found %d; give matching files"
              .formatted(name, train.classes(), test.classes()));
    }
  }
}
