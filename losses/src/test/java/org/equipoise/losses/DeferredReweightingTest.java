package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.SpecContract;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("reference")
class DeferredReweightingTest implements SpecContract<ClassWeightingSpec> {

  private static final ClassCounts COUNTS = ClassCounts.of(90, 9, 1);

  @Override
  public DeferredReweighting spec() {
    return new DeferredReweighting(new InverseFrequency(), 3);
  }

  @Override
  public String expectedTypeName() {
    return "deferred-reweighting";
  }

  @TestFactory
  Stream<DynamicNode> should_have_the_golden_weights() {
    return GoldenFiles.tests("schedule.drw_weights", DeferredReweightingTest::compare);
  }

  private static void compare(GoldenCase golden) {
    EffectiveNumber rule =
        new EffectiveNumber(golden.config().number("beta"), WeightNormalisation.CLASS_MEAN);
    int start = golden.config().integer("startEpoch");
    DeferredReweighting spec = new DeferredReweighting(rule, start);
    ClassCounts counts = ClassCounts.of(golden.inputs().longs("counts"));
    int epoch = golden.inputs().integer("epoch");
    int epochs = Math.max(start, epoch) + 1;
    if (golden.error().isPresent()) {
      golden.assertRefused(
          EmptyClassException.class, "", () -> spec.weights(counts, epoch, epochs));
      return;
    }
    GoldenTolerance.doublePrecision()
        .assertClose(
            "weights",
            spec.weights(counts, epoch, epochs),
            golden.expected().object("outputs").vector("weights"));
  }

  @Test
  void should_weigh_classes_alike_until_the_epoch_and_then_as_the_rule_says() {
    double[] rule = new InverseFrequency().weights(COUNTS);

    assertThat(spec().weights(COUNTS, 0, 5)).containsOnly(1).hasSize(3);
    assertThat(spec().weights(COUNTS, 2, 5)).containsOnly(1).hasSize(3);
    assertThat(spec().weights(COUNTS, 3, 5)).containsExactly(rule);
    assertThat(spec().weights(COUNTS, 4, 5)).containsExactly(rule);
    assertThat(spec().weights(COUNTS)).containsExactly(rule);
  }

  @Test
  void should_be_refused_if_the_stage_ends_before_it_starts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> spec().weights(COUNTS, 0, 3))
        .withMessageContaining("startEpoch is 3, but the stage has 3 epochs");
  }

  @Test
  void should_refuse_an_empty_class_at_the_first_epoch() {
    assertThatThrownBy(() -> spec().weights(ClassCounts.of(3, 0), 0, 5))
        .isInstanceOf(EmptyClassException.class);
  }

  @Test
  void should_refuse_a_negative_epoch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeferredReweighting(new InverseFrequency(), -1))
        .withMessage("startEpoch: must be >= 0, was -1");
  }
}
