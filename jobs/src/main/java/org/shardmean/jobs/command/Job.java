package org.shardmean.jobs.command;

import java.util.List;
import java.util.Optional;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;

/** Something that {@code deploy/submit} can be asked to do. */
public interface Job {
  /** As on the command line. */
  String name();

  /** What it does, in a sentence. */
  String summary();

  /** Its settings, in the order of help. */
  List<SettingGroup> settings();

  /** One of the settings, whose value may stand on the command line without its name. */
  default Optional<Setting<?>> operand() {
    return Optional.empty();
  }

  /** What it may end with beside what every job may end with, for help. */
  default List<ExitCode> ownExitCodes() {
    return List.of();
  }

  /** Whether there may be several operands: the setting's value then has a line for each. */
  default boolean takesSeveralOperands() {
    return false;
  }

  /** Command lines for help, without {@code deploy/submit}. */
  List<String> examples();

  /**
   * Does it. All settings have been read without a problem.
   *
   * @throws Exception whatever stopped it; {@link Failure} says what that means
   */
  void run(GivenSettings given) throws Exception;
}
