package org.equipoise.experiments.report;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.evaluation.statistics.PairedDifference;
import org.equipoise.evaluation.statistics.SampleSummary;

/** Figures as people read them; what is absent is a dash, never 0. */
final class FigureText {

  static final String ABSENT = "–";

  private FigureText() {}

  /** Shows a share in percent: mean ± standard deviation, or the mean alone of one value. */
  static String percent(Optional<SampleSummary> share) {
    return share.map(summary -> text(summary, "%.1f", 100)).orElse(ABSENT);
  }

  /** Shows a difference of shares in percentage points, with its sign. */
  static String points(Optional<PairedDifference> difference) {
    return difference.map(paired -> text(paired.difference(), "%+.1f", 100)).orElse(ABSENT);
  }

  /** Shows a number in its own unit. */
  static String number(Optional<SampleSummary> value) {
    return value.map(summary -> text(summary, "%.4g", 1)).orElse(ABSENT);
  }

  /** Shows one number in its own unit. */
  static String number(OptionalDouble value) {
    return value.isEmpty() ? ABSENT : String.format(Locale.ROOT, "%.4g", value.getAsDouble());
  }

  private static String text(SampleSummary summary, String format, double scale) {
    String mean = String.format(Locale.ROOT, format, scale * summary.mean());
    if (summary.standardDeviation().isEmpty()) {
      return withoutNegativeZero(mean);
    }
    double deviation = scale * summary.standardDeviation().getAsDouble();
    return withoutNegativeZero(mean)
        + " ± "
        + String.format(Locale.ROOT, format.replace("+", ""), deviation);
  }

  private static String withoutNegativeZero(String number) {
    return number.matches("-0\\.0*") ? "+" + number.substring(1) : number;
  }
}
