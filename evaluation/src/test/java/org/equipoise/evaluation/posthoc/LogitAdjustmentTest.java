package org.equipoise.evaluation.posthoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("reference")
class LogitAdjustmentTest {

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_values() {
    return GoldenFiles.tests("posthoc.logit_adjustment", LogitAdjustmentTest::compare);
  }

  private static void compare(GoldenCase golden) {
    ClassCounts counts = ClassCounts.of(golden.inputs().longs("counts"));
    double tau = golden.config().number("tau");
    if (golden.error().isPresent()) {
      golden.assertRefused(
          EmptyClassException.class,
          "logit adjustment: class ",
          () -> LogitAdjustment.toBalance(counts, tau));
      return;
    }
    LogitAdjustment adjustment = LogitAdjustment.toBalance(counts, tau);
    if (golden.config().flag("testPrior")) {
      adjustment = adjustment.then(LogitAdjustment.toPrior(golden.inputs().vector("testPrior")));
    }
    double[][] rows = golden.inputs().matrix("logits");
    GoldenObject expected = golden.expected().object("outputs");
    double[][] logits = expected.matrix("logits");
    double[][] probabilities = expected.matrix("probabilities");
    int[] predictions = expected.ints("predictions");
    GoldenTolerance tolerance = GoldenTolerance.doublePrecision();
    CostMatrix mistakes = CostMatrix.ofMistakes(counts.classes());
    for (int i = 0; i < rows.length; i++) {
      double[] adjusted = adjustment.apply(rows[i]);
      tolerance.assertClose("logits", adjusted, logits[i]);
      double[] shares = Arrays.stream(mistakes.expected(adjusted)).map(cost -> 1 - cost).toArray();
      tolerance.assertClose("probabilities", shares, probabilities[i]);
      assertThat(mistakes.decide(adjusted)).isEqualTo(predictions[i]);
    }
  }

  @Test
  void should_undo_the_prior_of_the_train_split() {
    // GIVEN two classes of which the first is 9 times as frequent, and logits that say just that
    LogitAdjustment adjustment = LogitAdjustment.toBalance(ClassCounts.of(9, 1), 1);

    double[] adjusted = adjustment.apply(Math.log(0.9), Math.log(0.1));

    assertThat(adjusted[0]).isCloseTo(adjusted[1], within(1e-15));
  }

  @Test
  void should_change_nothing_from_a_prior_to_itself() {
    LogitAdjustment there =
        LogitAdjustment.toBalance(ClassCounts.of(3, 1), 1)
            .then(LogitAdjustment.toPrior(0.75, 0.25));

    assertThat(there.shift()).containsExactly(new double[] {0, 0}, within(1e-15));
  }

  @Test
  void should_adjust_stored_predictions_and_leave_them_as_they_were() {
    Predictions stored = new Predictions(new float[] {1, 2, 3, 4}, 2, new int[] {0, 1});

    Predictions adjusted = LogitAdjustment.toBalance(ClassCounts.of(3, 1), 0.5).apply(stored);

    double a = -0.5 * Math.log(0.75);
    double b = -0.5 * Math.log(0.25);
    assertThat(adjusted.logits())
        .containsExactly(
            new float[] {(float) (1 + a), (float) (2 + b), (float) (3 + a), (float) (4 + b)});
    assertThat(adjusted.labels()).containsExactly(0, 1);
    assertThat(stored.logits()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void should_refuse_what_is_no_prior() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogitAdjustment.toPrior(0.5, 0.4))
        .withMessageContaining("test prior: must sum to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogitAdjustment.toPrior(1, 0))
        .withMessage("test prior: class 1 has 0.0; expected > 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogitAdjustment.toBalance(ClassCounts.of(1, 1), Double.NaN))
        .withMessage("tau: must be finite, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogitAdjustment.toPrior(0.5, 0.5).apply(1, 2, 3))
        .withMessage("logit adjustment: made for 2 classes, got 3");
  }
}
