package org.shardmean.settings;

/**
 * A value as it was written.
 *
 * @param text the value
 * @param where for people: the option, or the file, line and key
 */
public record Written(String text, String where) {}
