package org.shardmean.data;

import java.util.regex.Pattern;

/**
 * Text without the credentials that addresses and settings in it carry: user names and passwords
 * before a host, and the values of settings and of an address's parameters whose names say that
 * they are secret.
 */
public final class Redacted {
  /**
   * From {@code ://} to the last {@code @} before the next slash. Of an address that Java took for
   * a local path one slash is left; there a user name without a password may be a folder.
   */
  private static final Pattern USER_INFO =
      Pattern.compile("(://)[^/\\s]*@|(:/)[^/\\s:]*:[^/\\s]*@");

  /** As {@code spark.hadoop.fs.s3a.secret.key=X} or {@code ?X-Amz-Signature=X}. */
  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "((?:^|[\\s?&;'\"])[\\w.-]{0,80}?(?:secret|password|passwd|token|signature|credential"
              + "|access[._-]?key|account[._-]?key)[\\w.-]{0,80}=)[^\\s&;'\"]+",
          Pattern.CASE_INSENSITIVE);

  private Redacted() {}

  /**
   * {@code ftp://user:password@host/x} as {@code ftp://***@host/x}, {@code fs.s3a.secret.key=X} as
   * {@code fs.s3a.secret.key=***}; any other text unchanged.
   */
  public static String of(String text) {
    String withoutUsers = USER_INFO.matcher(text).replaceAll("$1$2***@");
    return SECRET_VALUE.matcher(withoutUsers).replaceAll("$1***");
  }
}
