package org.shardmean.settings;

import java.util.Optional;
import org.shardmean.model.Task;

/** What chooses the training and averaging settings that are not given. */
public enum Preset {
  /** The accuracy of the epochs asked for in little time: few averagings, and few workers. */
  AUTO,
  /** The best accuracy of the epochs asked for, whatever an averaging costs. */
  ACCURACY,
  /** Always the same, plain averaging: what the rule is measured against. */
  NONE,
  /** The training of the lecture's notebook, with Keras' defaults on one worker. */
  LECTURE;

  /**
   * All that may be left out of a command line.
   *
   * @param task what the network learns
   * @param images to train on, at least as many as workers
   * @param rounds per epoch, where they were given
   * @param batch the batch size, where it was given
   */
  public AutoPreset derive(
      Task task,
      int workers,
      int epochs,
      int images,
      Optional<Integer> rounds,
      Optional<Integer> batch) {
    boolean isRule = this == AUTO || this == ACCURACY;
    if (isRule && task == Task.AUTOENCODER) {
      return AutoPreset.autoencoder(workers, epochs, images, rounds, batch);
    }
    if (isRule && task == Task.REGRESSION) {
      return derive(Task.CLASSIFICATION, workers, epochs, images, rounds, batch).ofNumbers();
    }
    return switch (this) {
      case AUTO -> AutoPreset.of(workers, epochs, images, rounds, batch);
      case ACCURACY -> AutoPreset.accurate(workers, epochs, images, rounds, batch);
      case NONE -> AutoPreset.plain(workers, images, batch);
      case LECTURE -> AutoPreset.lecture(workers, images, batch);
    };
  }
}
