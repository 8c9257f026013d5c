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
   * @param rounds per epoch, where they were given
   * @param batch the batch size, where it was given
   */
  public AutoPreset derive(
      Task task, RunSize size, Optional<Integer> rounds, Optional<Integer> batch) {
    boolean isRule = this == AUTO || this == ACCURACY;
    if (isRule && task == Task.AUTOENCODER) {
      return AutoPreset.autoencoder(size, rounds, batch);
    }
    if (isRule && task == Task.REGRESSION) {
      return derive(Task.CLASSIFICATION, size, rounds, batch).ofNumbers();
    }
    return switch (this) {
      case AUTO -> AutoPreset.of(size, rounds, batch);
      case ACCURACY -> AutoPreset.accurate(size, rounds, batch);
      case NONE -> AutoPreset.plain(size.workers(), size.examples(), batch);
      case LECTURE -> AutoPreset.lecture(size.workers(), size.examples(), batch);
    };
  }
}
