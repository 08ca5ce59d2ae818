package org.equipoise.evaluation.bounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.equipoise.api.stats.ClassCounts;

/**
 * The part of the Balanced Meta-Softmax bound that training can change: the mean over classes of 1
 * / (gamma_j sqrt(n_j)).
 *
 * <p>The theorem bounds the error on balanced classes by this term times what it does not say (a
 * complexity, and constants), plus terms of lower order; so the number is no error rate. It
 * compares heads of one architecture on one training set: smaller is better. gamma_j is by how much
 * the worst training example of class j stays below the threshold.
 *
 * <p>A class is <em>void</em> if it has no training example, or if its margin is not above 0,
 * because an example's loss reaches the threshold; one hard example is enough. The bound says
 * nothing then, for 1 / gamma_j grows beyond all limits as gamma_j goes to 0. Void classes are
 * counted, and {@link #value} is absent as soon as there is one.
 *
 * @param counts the number n_j of training examples of each class
 * @param margins the margin gamma_j of each class, in nats, of any sign; empty if there is none
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, theorem
 *     2</a>
 */
public record RelativeMarginTerm(ClassCounts counts, List<OptionalDouble> margins) {

  /** The loss up to which a class has at least probability 1/2: log 2, in nats. */
  public static final double LOG_2 = Math.log(2);

  /** Copies the margins and checks them. */
  public RelativeMarginTerm {
    margins = List.copyOf(margins);
    if (margins.size() != counts.classes()) {
      throw new IllegalArgumentException(
          "margins: expected one for each of "
              + counts.classes()
              + " classes, got "
              + margins.size());
    }
    for (int c = 0; c < margins.size(); c++) {
      if (margins.get(c).isPresent() && Double.isNaN(margins.get(c).getAsDouble())) {
        throw new IllegalArgumentException("margins: class " + c + " has NaN");
      }
    }
  }

  /**
   * Takes the margins from losses, with threshold log 2: an example that is decided wrongly has at
   * least that cross-entropy.
   *
   * @param losses cross-entropies of the training examples
   * @return the term
   */
  public static RelativeMarginTerm of(TrainLosses losses) {
    return of(losses, LOG_2);
  }

  /**
   * Takes the margins from losses: gamma_j = threshold - the largest loss of class j.
   *
   * @param losses the losses of the training examples
   * @param threshold the loss t from which an example counts as wrong, in nats, finite
   * @return the term
   * @throws IllegalArgumentException if the threshold is not finite
   */
  public static RelativeMarginTerm of(TrainLosses losses, double threshold) {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("threshold: must be finite, was " + threshold);
    }
    List<OptionalDouble> margins = new ArrayList<>();
    for (int c = 0; c < losses.classes(); c++) {
      OptionalDouble largest = losses.largest(c);
      margins.add(
          largest.isPresent()
              ? OptionalDouble.of(threshold - largest.getAsDouble())
              : OptionalDouble.empty());
    }
    return new RelativeMarginTerm(losses.counts(), margins);
  }

  /**
   * Returns the term.
   *
   * @return in 1/nats, &gt;= 0; empty if a class is void
   */
  public OptionalDouble value() {
    return voidClasses().isEmpty() ? OptionalDouble.of(ofOthers()) : OptionalDouble.empty();
  }

  /**
   * Returns what the classes that are not void add up to, still divided by all K.
   *
   * @return in 1/nats; less than the term would be, so to be read with {@link #voidClasses}
   */
  public double ofOthers() {
    double sum =
        IntStream.range(0, margins.size())
            .filter(c -> !isVoid(c))
            .mapToDouble(
                c -> 1 / (margins.get(c).getAsDouble() * Math.sqrt((double) counts.count(c))))
            .sum();
    return sum / margins.size();
  }

  /**
   * Returns the classes of which the term cannot speak.
   *
   * @return class ids, ascending
   */
  public List<Integer> voidClasses() {
    return IntStream.range(0, margins.size()).filter(this::isVoid).boxed().toList();
  }

  private boolean isVoid(int classId) {
    // A given margin of a class without examples is a margin of nothing.
    return counts.count(classId) == 0 || !(margins.get(classId).orElse(0) > 0);
  }

  /** Says the term in one line, or why there is none. */
  @Override
  public String toString() {
    int classes = margins.size();
    if (value().isPresent()) {
      return String.format(
          Locale.ROOT,
          "Relative margin term %.4g over %d classes (no error rate: to compare with)",
          ofOthers(),
          classes);
    }
    List<Integer> empty = voidClasses().stream().filter(c -> counts.count(c) == 0).toList();
    List<Integer> reached = voidClasses().stream().filter(c -> counts.count(c) > 0).toList();
    return String.format(
        Locale.ROOT,
        "Relative margin term: none, for %d of %d classes are void (no example: %s; margin not"
            + " above 0: %s); the others add up to %.4g",
        voidClasses().size(),
        classes,
        ClassList.of(empty),
        ClassList.of(reached),
        ofOthers());
  }
}
