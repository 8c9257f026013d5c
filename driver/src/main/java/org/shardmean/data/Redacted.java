package org.shardmean.data;

import java.util.regex.Pattern;

/** Text without the user names and passwords that addresses in it carry. */
public final class Redacted {
  /** From {@code ://} to the last {@code @} before the next slash. */
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s]*@");

  private Redacted() {}

  /** {@code ftp://user:password@host/x} as {@code ftp://***@host/x}; any other text unchanged. */
  public static String of(String text) {
    return USER_INFO.matcher(text).replaceAll("$1***@");
  }
}
