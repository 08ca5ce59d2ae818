package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelAwareSmoothingTest implements LossContract {

  private static final double HEAD = 0.4;
  private static final double TAIL = 0.1;

  @Override
  public LossSpec spec() {
    return new LabelAwareSmoothing(SmoothingShape.CONCAVE, HEAD, TAIL, OptionalDouble.empty());
  }

  @Override
  public String expectedTypeName() {
    return "label-aware-smoothing";
  }

  // With equal counts all classes are head classes.
  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(new CrossEntropy(HEAD));
  }

  @ParameterizedTest
  @EnumSource
  void should_smooth_each_label_by_its_class(SmoothingShape shape) {
    OptionalDouble power =
        shape == SmoothingShape.EXP ? OptionalDouble.of(3) : OptionalDouble.empty();
    // As the released code has them; its convex one is head + (head - tail) sin(3 pi/2 + pi u/2).
    DoubleUnaryOperator curve =
        switch (shape) {
          case CONCAVE -> u -> TAIL + (HEAD - TAIL) * Math.sin(u * Math.PI / 2);
          case LINEAR -> u -> TAIL + (HEAD - TAIL) * u;
          case CONVEX -> u -> HEAD + (HEAD - TAIL) * Math.sin(1.5 * Math.PI + u * Math.PI / 2);
          case EXP -> u -> TAIL + (HEAD - TAIL) * u * u * u;
        };
    Toy.onBatch(
        toy -> {
          double[] got = toy.evaluate(new LabelAwareSmoothing(shape, HEAD, TAIL, power));
          long least = Long.MAX_VALUE;
          long largest = 0;
          for (long n : toy.counts().toArray()) {
            least = Math.min(least, n);
            largest = Math.max(largest, n);
          }
          for (int i = 0; i < Toy.ROWS; i++) {
            int y = toy.label(i);
            double share = (double) (toy.counts().count(y) - least) / (largest - least);
            double e = curve.applyAsDouble(share);
            double[] p = toy.softmax(i, new double[Toy.CLASSES]);
            double expected = -(1 - e) * Math.log(p[y]);
            for (double pj : p) {
              expected -= e / Toy.CLASSES * Math.log(pj);
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-10));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void should_reach_both_ends(SmoothingShape shape) {
    OptionalDouble power =
        shape == SmoothingShape.EXP ? OptionalDouble.of(0.5) : OptionalDouble.empty();
    PerExampleLoss loss =
        (PerExampleLoss)
            new LabelAwareSmoothing(shape, HEAD, TAIL, power)
                .bind(TrainStatistics.of(ClassCounts.of(1_000_000, 1)));

    assertThat(loss.explain(0).numbers().get("labelSmoothing")).isEqualTo(HEAD, within(1e-12));
    assertThat(loss.explain(1).numbers().get("labelSmoothing")).isEqualTo(TAIL, within(1e-12));
  }

  @Test
  void should_refuse_soft_targets() {
    Toy.onBatch(
        toy ->
            assertThatThrownBy(
                    () ->
                        toy.bind(new LabelAwareSmoothing())
                            .perExample(toy.input().withTargets(new Targets.Soft(toy.oneHot()))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("takes targets of type ClassIds, not Soft"));
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(
            () -> new LabelAwareSmoothing().bind(TrainStatistics.of(ClassCounts.of(5, 0))))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("label-aware-smoothing: class 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void should_refuse_shares_out_of_range(double share) {
    assertThatThrownBy(() -> linear(share, 0))
        .hasMessage("smoothHead: must be in [0, 1), was " + share);
    assertThatThrownBy(() -> linear(0, share))
        .hasMessage("smoothTail: must be in [0, 1), was " + share);
  }

  @Test
  void should_take_a_power_for_shape_exp_alone() {
    assertThatThrownBy(
            () -> new LabelAwareSmoothing(SmoothingShape.EXP, 0.3, 0, OptionalDouble.empty()))
        .hasMessageStartingWith("power: must be given for shape exp and no other");
    assertThatThrownBy(
            () -> new LabelAwareSmoothing(SmoothingShape.LINEAR, 0.3, 0, OptionalDouble.of(2)))
        .hasMessageStartingWith("power: must be given for shape exp and no other");
    assertThatThrownBy(
            () -> new LabelAwareSmoothing(SmoothingShape.EXP, 0.3, 0, OptionalDouble.of(0)))
        .hasMessage("power: must be > 0 and finite, was 0.0");
  }

  private static LabelAwareSmoothing linear(double head, double tail) {
    return new LabelAwareSmoothing(SmoothingShape.LINEAR, head, tail, OptionalDouble.empty());
  }
}
