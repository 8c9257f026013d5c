package org.shardmean.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.NumberFormat;
import java.util.Locale;

/** Numbers as people read them, in one language's way of writing. */
public final class Figures {
  private static final double KIBI = 1024;

  /** Of ten: smaller numbers are written with it. */
  private static final int SMALLEST_POWER = -4;

  private final Locale locale;

  public Figures(Locale locale) {
    this.locale = locale;
  }

  /** A whole number with its thousands apart: 109,386. */
  public String count(long value) {
    return NumberFormat.getIntegerInstance(locale).format(value);
  }

  /** A number rounded to a whole one. */
  public String rounded(double value) {
    return Double.isFinite(value) ? count(Math.round(value)) : notFinite(value);
  }

  /** A share with two decimals: 97.61%. */
  public String percent(double share) {
    return percent(share, 2);
  }

  public String percent(double share, int decimals) {
    if (!Double.isFinite(share)) {
      return notFinite(share);
    }
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(share);
  }

  /** A loss with four decimals; one past 10,000 in powers of ten, as diverged losses are. */
  public String loss(double nats) {
    return Math.abs(nats) >= 10_000 && Double.isFinite(nats)
        ? String.format(locale, "%.2e", nats)
        : decimal(nats, 4);
  }

  /** A mean squared error of pixels from 0 to 1, with five decimals. */
  public String error(double error) {
    return decimal(error, 5);
  }

  /** A number with so many decimals; one that rounds to zero has no sign. */
  public String decimal(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    boolean isZero = Math.abs(value) <= Math.pow(10, -decimals) / 2;
    return format.format(isZero ? 0 : value);
  }

  /** A number with all the digits that it is written with, and no others: 0.0063, 5. */
  public String exact(double value) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(Double.MAX_EXPONENT);
    return format.format(BigDecimal.valueOf(value));
  }

  /**
   * A number with so many significant digits; a very small one as a product with a power of ten:
   * 0.01234, 1.234 × 10⁻⁷.
   */
  public String significant(double value, int digits) {
    if (value == 0 || !Double.isFinite(value)) {
      return decimal(value, 0);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int power = rounded.precision() - rounded.scale() - 1;
    if (power >= SMALLEST_POWER) {
      return decimal(rounded.doubleValue(), Math.max(0, digits - 1 - power));
    }
    String written = String.valueOf(-power);
    StringBuilder exponent = new StringBuilder("⁻");
    written.chars().forEach(digit -> exponent.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0')));
    return decimal(rounded.movePointRight(-power).doubleValue(), digits - 1) + " × 10" + exponent;
  }

  /** As {@link #decimal}, with a dash for what is not defined. */
  public String measured(double value, int decimals) {
    return Double.isNaN(value) ? "–" : decimal(value, decimals);
  }

  /** Seconds, the finer the fewer: 0.034 s, 3.42 s, 81.3 s. */
  public String seconds(double seconds) {
    return decimal(seconds, seconds < 1 ? 3 : seconds < 60 ? 2 : 1) + "\u00a0s";
  }

  /** Bytes in the binary unit that suits: 427.3 KiB. */
  public String bytes(double bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double value = bytes;
    while (value >= KIBI && unit < units.length - 1) {
      value /= KIBI;
      unit++;
    }
    return decimal(value, unit == 0 ? 0 : 1) + "\u00a0" + units[unit];
  }

  private static String notFinite(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return value > 0 ? "∞" : "−∞";
  }
}
