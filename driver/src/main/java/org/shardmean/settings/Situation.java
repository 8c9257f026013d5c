package org.shardmean.settings;

import org.shardmean.model.Task;

/** What a setting that nobody gave follows from. */
public interface Situation {

  /** What the network learns. */
  Task task();

  /** The data that is trained on. */
  DataShape data();

  /** The cluster's task slots. */
  Slots slots();

  /** The number of workers that the preset chooses for this data and these slots. */
  Derived<Integer> workers();

  /** What the preset chooses for this data, these workers and these epochs. */
  AutoPreset preset();
}
