package org.equipoise.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TauNormTest implements SpecContract<TauNorm> {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(9, 3, 1));

  @Override
  public TauNorm spec() {
    return new TauNorm(new FocalSoftmax(), 0.3);
  }

  @Override
  public String expectedTypeName() {
    return "tau-norm";
  }

  @Test
  void should_share_its_first_stage_with_crt() {
    assertThat(new TauNorm().stages(TRAIN).get(0)).isEqualTo(new Crt().stages(TRAIN).get(0));
  }

  @Test
  void should_then_take_over_the_rows_alone_and_train_nothing() {
    List<StageSpec> stages = spec().stages(TRAIN);

    assertThat(stages).hasSize(2);
    assertThat(stages.get(0).loss()).isEqualTo(new FocalSoftmax());
    StageSpec second = stages.get(1);
    assertThat(second.trainsNothing()).isTrue();
    assertThat(second.start())
        .isEqualTo(new Start.After(stages.get(0).name(), Start.HeadStart.KEEP_ROWS));
    assertThat(second.head()).hasValue(new org.equipoise.methods.head.TauNorm(0.3));
  }

  @Test
  void should_make_unit_rows_by_default() {
    assertThat(new TauNorm()).isEqualTo(new TauNorm(new CrossEntropy(), 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_be_refused_if_tau_is_out_of_range(double tau) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TauNorm(new CrossEntropy(), tau))
        .withMessage("tau: must be finite and >= 0, was " + tau);
  }
}
