package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VsTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new Vs();
  }

  @Override
  public String expectedTypeName() {
    return "vs";
  }

  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(new CrossEntropy());
  }

  /** The contract of the special case without a shift. */
  @Nested
  class CdtContract implements LossContract {

    @Override
    public LossSpec spec() {
      return new Cdt();
    }

    @Override
    public String expectedTypeName() {
      return "cdt";
    }

    @Override
    public Optional<LossSpec> equalUnderUniformCounts() {
      return Optional.of(new CrossEntropy());
    }
  }

  // Kini et al.: log sum_j exp((D_j z_j + i_j) - (D_y z_y + i_y)).
  @ParameterizedTest
  @CsvSource({"0.15, 1.25", "0.4, 0", "0, 1", "-0.2, -1"})
  void should_scale_and_shift_each_logit_by_its_class(double gamma, double tau) {
    Toy.onBatch(
        toy -> {
          double[] got = toy.evaluate(new Vs(gamma, tau, PriorSource.TRAIN_COUNTS));
          double[] counts = Arrays.stream(toy.counts().toArray()).asDoubleStream().toArray();
          double largest = Arrays.stream(counts).max().orElseThrow();
          for (int i = 0; i < Toy.ROWS; i++) {
            double[] adjusted = new double[Toy.CLASSES];
            for (int c = 0; c < Toy.CLASSES; c++) {
              double temperature = Math.pow(largest / counts[c], gamma);
              adjusted[c] =
                  toy.logits()[i][c] / temperature
                      + tau * Math.log(counts[c] / toy.counts().total());
            }
            double sum = 0;
            for (double z : adjusted) {
              sum += Math.exp(z - adjusted[toy.label(i)]);
            }
            assertThat(got[i]).isEqualTo(Math.log(sum), within(1e-10));
          }
        });
  }

  @Test
  void should_have_its_special_cases() {
    Toy.onBatch(
        toy -> {
          assertThat(toy.evaluate(new Vs(0.3, 0, PriorSource.TRAIN_COUNTS)))
              .containsExactly(toy.evaluate(new Cdt(0.3)), within(1e-12));
          assertThat(toy.evaluate(new Vs(0, 0.7, PriorSource.TRAIN_COUNTS)))
              .containsExactly(toy.evaluate(new BalancedSoftmax(0.7)), within(1e-12));
          assertThat(toy.evaluate(new Cdt(0)))
              .containsExactly(toy.evaluate(new CrossEntropy()), within(1e-12));
        });
  }

  @Test
  void should_take_soft_targets() {
    Toy.onBatch(
        toy ->
            assertThat(
                    toy.bind(new Vs())
                        .perExample(toy.input().withTargets(new Targets.Soft(toy.oneHot())))
                        .toDoubleArray())
                .containsExactly(toy.evaluate(new Vs()), within(1e-12)));
  }

  @Test
  void should_explain_temperature_and_shift() {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(16, 1));

    Explanation both = new Vs(0.25, 2, PriorSource.TRAIN_COUNTS).bind(train).explain(1);
    Explanation scaled = new Cdt(0.5).bind(train).explain(1);

    assertThat(both.numbers().get("temperature")).isEqualTo(2, within(1e-12));
    assertThat(both.numbers().get("logitShift")).isEqualTo(2 * Math.log(1 / 17.0), within(1e-12));
    assertThat(scaled.numbers().get("temperature")).isEqualTo(4, within(1e-12));
    assertThat(scaled.numbers()).doesNotContainKey("logitShift");
    assertThat(both.summary()).contains("shifted");
    assertThat(scaled.summary()).doesNotContain("shifted");
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(5, 0, 3));

    assertThatThrownBy(() -> new Vs().bind(train))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("vs: class 1 has no training example");
    assertThatThrownBy(() -> new Cdt().bind(train))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("cdt: class 1 has no training example");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
  void should_refuse_what_is_not_finite(double value) {
    assertThatThrownBy(() -> new Vs(value, 1, PriorSource.TRAIN_COUNTS))
        .hasMessage("gamma: must be finite, was " + value);
    assertThatThrownBy(() -> new Vs(0.1, value, PriorSource.TRAIN_COUNTS))
        .hasMessage("tau: must be finite, was " + value);
    assertThatThrownBy(() -> new Cdt(value)).hasMessage("gamma: must be finite, was " + value);
  }
}
