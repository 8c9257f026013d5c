package org.shardmean.tests;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One fault of a plan: what happens to a worker in a round. Each worker is trained in a task of its
 * own where there are as many task slots as workers.
 *
 * @param epoch from 1
 * @param round from 1, within the epoch; 1 where a job of several epochs begins with this one
 * @param worker from 0
 * @param attempt of its task, from 0; or {@link #EVERY}
 * @param action what happens
 */
record Fault(int epoch, int round, int worker, int attempt, Action action) {
  /** In place of an attempt: all of them. */
  static final int EVERY = -1;

  /** What happens to the executor, or to the task on it. */
  enum Action {
    /** Its process ends at once, as by kill -9. */
    HALT,
    /** Its process stands still for 20 s, as a machine may that swaps or is suspended. */
    STAND_STILL,
    /** The task begins 30 s late. */
    BE_LATE,
    /** The task does its work and fails then, so that its result is lost. */
    FAIL_AFTERWARDS
  }

  Fault {
    requireNonNull(action, "action");
  }

  /** Whether it is for this attempt of a task. */
  boolean isFor(String description, int partition, int taskAttempt) {
    boolean isItsJob =
        description.equals("epoch " + epoch + " · round " + round)
            || (round == 1 && description.startsWith("epochs " + epoch + " to "));
    return isItsJob && partition == worker && (attempt == EVERY || attempt == taskAttempt);
  }

  /** A plan as one of Spark's settings. */
  static String write(List<Fault> plan) {
    return plan.stream()
        .map(
            fault ->
                "%d,%d,%d,%d,%s"
                    .formatted(fault.epoch, fault.round, fault.worker, fault.attempt, fault.action))
        .collect(Collectors.joining(";"));
  }

  /** What {@link #write} wrote. */
  static List<Fault> read(String plan) {
    return Arrays.stream(plan.split(";"))
        .filter(text -> !text.isEmpty())
        .map(text -> text.split(","))
        .map(
            part ->
                new Fault(
                    Integer.parseInt(part[0]),
                    Integer.parseInt(part[1]),
                    Integer.parseInt(part[2]),
                    Integer.parseInt(part[3]),
                    Action.valueOf(part[4])))
        .toList();
  }
}
