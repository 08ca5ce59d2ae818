package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.config.ConflictKind;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.Conflict.Standing;
import org.equipoise.experiments.training.BoundStage;

/** Conflicts between the class weights of several arms: those of the first are held against all. */
final class WeightConflicts {

  private Optional<Weighted> first = Optional.empty();

  /** What class weights average to 1 over. */
  private enum Over {
    CLASSES("over the classes"),
    EXAMPLES("over the training examples"),
    BATCHES("over the examples of each batch"),
    NOTHING("over neither classes nor training examples");

    private final String words;

    Over(String words) {
      this.words = words;
    }

    /** Tells whether an example weighs 1 on average, in the split or in each batch. */
    boolean keepsLearningRate() {
      return this == EXAMPLES || this == BATCHES;
    }
  }

  /** A stage with class weights. */
  private record Weighted(String arm, String stage, String weighting, Over over, double mean) {

    boolean isLike(Weighted other) {
      return over == other.over || (over.keepsLearningRate() && other.over.keepsLearningRate());
    }
  }

  /** Looks at a further stage. */
  List<Conflict> with(String arm, BoundStage stage) {
    List<Conflict> found = new ArrayList<>();
    Optional<Weighted> next = stage.lastWeights().flatMap(w -> weighted(arm, stage, w));
    if (next.isPresent() && first.isPresent() && !next.get().isLike(first.get())) {
      found.add(conflict(next.get(), first.get()));
    }
    first = first.or(() -> next);
    return found;
  }

  // Weights that are all equal are none, and everything at once is what they average to 1 over.
  private static Optional<Weighted> weighted(String arm, BoundStage stage, double[] weights) {
    double least = Arrays.stream(weights).min().orElseThrow();
    double largest = Arrays.stream(weights).max().orElseThrow();
    if (least == largest) {
      return Optional.empty();
    }
    Over over = over(stage, weights);
    double mean = 0;
    for (int c = 0; c < weights.length; c++) {
      mean += stage.drawn().probability(c) * weights[c];
    }
    return Optional.of(
        new Weighted(
            arm,
            stage.stage().name(),
            stage.stage().weighting().orElseThrow().typeName(),
            over,
            over == Over.BATCHES ? 1 : mean));
  }

  private static Over over(BoundStage stage, double[] weights) {
    ClassCounts counts = stage.statistics().instances();
    if (stage.stage().reduction() == Reduction.WEIGHT_MEAN) {
      return Over.BATCHES;
    }
    if (WeightNormalisation.EXAMPLE_MEAN.holds(weights, counts)) {
      return Over.EXAMPLES;
    }
    return WeightNormalisation.CLASS_MEAN.holds(weights, counts) ? Over.CLASSES : Over.NOTHING;
  }

  private static Conflict conflict(Weighted one, Weighted other) {
    return new Conflict(
        ConflictKind.WEIGHT_NORMALISATION_DIFFERS.id(),
        one.arm,
        one.stage,
        Standing.WARNING,
        String.format(
            Locale.ROOT,
            "weighting \"%s\" averages to 1 %s, so that a drawn example weighs %.2g on average;"
                + " weighting \"%s\" of arm \"%s\", stage \"%s\", %s, so that it weighs %.2g.",
            one.weighting,
            one.over.words,
            one.mean,
            other.weighting,
            other.arm,
            other.stage,
            other.over.words,
            other.mean),
        "The mean weight acts as a factor of the learning rate: the arms differ in more than in their"
            + " weights. Give both weightings the same normalisation, or both stages the reduction"
            + " weight-mean, as PyTorch's weighted cross-entropy has it.");
  }
}
