package org.equipoise.evaluation.bounds;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.equipoise.api.stats.ClassCounts;

/**
 * The bounds of all classes, which hold at once.
 *
 * @param spec what they were computed by
 * @param counts the number n_j of training examples of each class
 * @param classes the bound of each class; empty if the class is void: without an example, or
 *     without a margin above 0
 */
public record ErrorBounds(
    LinearHeadBound spec, ClassCounts counts, List<Optional<ClassErrorBound>> classes) {

  private static final int SHOWN = 20;
  private static final String ROW = "%7s %9s %8s %8s %12s %12s  %8s%n";

  /** Copies the bounds and checks their number. */
  public ErrorBounds {
    classes = List.copyOf(classes);
    if (classes.size() != counts.classes()) {
      throw new IllegalArgumentException(
          "classes: expected " + counts.classes() + " bounds, got " + classes.size());
    }
  }

  /**
   * Returns the bound on the mean of the classes' errors, which is the balanced error.
   *
   * @return in [0, 1]: a void or vacuous class counts 1; 1 if all are
   */
  public double balancedError() {
    return classes.stream()
        .mapToDouble(bound -> Math.min(1, bound.map(ClassErrorBound::value).orElse(1.0)))
        .average()
        .orElseThrow();
  }

  /**
   * Returns whether the bounds say nothing on the balanced error.
   *
   * @return true if they say nothing on any class
   */
  public boolean vacuous() {
    return balancedError() >= 1;
  }

  /**
   * Returns the classes without a bound.
   *
   * @return class ids, ascending
   */
  public List<Integer> voidClasses() {
    return IntStream.range(0, classes.size())
        .filter(c -> classes.get(c).isEmpty())
        .boxed()
        .toList();
  }

  /**
   * Returns the classes whose bound is at least 1.
   *
   * @return class ids, ascending; void classes are not among them
   */
  public List<Integer> vacuousClasses() {
    return IntStream.range(0, classes.size())
        .filter(c -> classes.get(c).filter(ClassErrorBound::vacuous).isPresent())
        .boxed()
        .toList();
  }

  /** Shows a table of the classes (of many, the first few), and what it is worth. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "class",
            "examples",
            "margin",
            "share",
            "+ complexity",
            "+ confidence",
            "= bound"));
    for (int c = 0; c < Math.min(SHOWN, classes.size()); c++) {
      text.append(row(c));
    }
    if (classes.size() > SHOWN) {
      text.append(String.format(Locale.ROOT, "%7s and %,d more%n", "...", classes.size() - SHOWN));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Mean over %,d classes: %s. Vacuous: %,d; void (no example, or no margin above 0):"
                + " %,d.%n",
            classes.size(),
            figure(balancedError()),
            vacuousClasses().size(),
            voidClasses().size()));
    return text.append(guarantee()).toString();
  }

  private String row(int classId) {
    Optional<ClassErrorBound> bound = classes.get(classId);
    Object[] cells =
        bound
            .map(
                b ->
                    new Object[] {
                      classId,
                      counts.count(classId),
                      number(b.margin()),
                      number(b.share()),
                      number(b.complexity()),
                      number(b.confidence()),
                      figure(b.value())
                    })
            .orElseGet(
                () -> new Object[] {classId, counts.count(classId), "-", "-", "-", "-", "void"});
    return String.format(Locale.ROOT, ROW, cells);
  }

  private String guarantee() {
    if (spec.features() == FeatureOrigin.SAME_IMAGES) {
      return "NO GUARANTEE: the features were trained on the same images, so these figures bound"
          + " nothing.";
    }
    return String.format(
        Locale.ROOT,
        "Bounds on P(loss >= %.4g) of each class. All hold at once with probability >= %s, if"
            + " norms, margins and features were fixed before these examples.",
        spec.threshold(),
        1 - spec.delta());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static String figure(double bound) {
    return bound >= 1 ? "vacuous" : String.format(Locale.ROOT, "%.3f", bound);
  }
}
