package org.shardmean.tests.benchmark;

import java.nio.file.Path;

/**
 * Something that trains the lectures' network.
 *
 * @param name as in the table
 * @param settings what it trains with, in a few words
 * @param runs how often it is measured
 * @param training one training in a process of its own
 */
record Contender(String name, String settings, int runs, Training training) {

  /** Trains once. */
  interface Training {
    /**
     * Trains in a process of its own.
     *
     * @param folder empty, for its files
     */
    Course run(Path folder) throws Exception;
  }
}
