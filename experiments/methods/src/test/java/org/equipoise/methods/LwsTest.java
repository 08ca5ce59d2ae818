package org.equipoise.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class LwsTest implements SpecContract<Lws> {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(9, 3, 1));

  @Override
  public Lws spec() {
    return new Lws(
        new FocalSoftmax(),
        new BalancedSoftmax(),
        new InstanceBalanced(),
        new org.equipoise.methods.head.Lws(false),
        7,
        OptionalDouble.of(0.1),
        Optional.empty());
  }

  @Override
  public String expectedTypeName() {
    return "lws";
  }

  @Test
  void should_share_its_first_stage_with_crt() {
    assertThat(new Lws().stages(TRAIN).get(0)).isEqualTo(new Crt().stages(TRAIN).get(0));
  }

  @Test
  void should_then_train_the_factors_on_the_head_that_was_trained() {
    List<StageSpec> stages = new Lws().stages(TRAIN);

    assertThat(stages).hasSize(2);
    assertThat(stages.get(1))
        .isEqualTo(
            StageSpec.of("classifier", new CrossEntropy(), new ClassBalanced())
                .starting(
                    new Start.After(stages.get(0).name(), Start.HeadStart.KEEP),
                    Set.of(ModelPart.HEAD))
                .withHead(Optional.of(new org.equipoise.methods.head.Lws(true)))
                .lasting(OptionalInt.of(5), OptionalDouble.empty(), Optional.empty()));
  }

  @Test
  void should_put_each_part_into_the_stage_that_it_is_named_for() {
    List<StageSpec> stages = spec().stages(TRAIN);

    assertThat(stages.get(0).loss()).isEqualTo(new FocalSoftmax());
    assertThat(stages.get(0).head()).isEmpty();
    assertThat(stages.get(1).loss()).isEqualTo(new BalancedSoftmax());
    assertThat(stages.get(1).sampler()).isEqualTo(new InstanceBalanced());
    assertThat(stages.get(1).head()).hasValue(new org.equipoise.methods.head.Lws(false));
    assertThat(stages.get(1).epochs()).hasValue(7);
    assertThat(stages.get(1).learningRate()).hasValue(0.1);
  }

  @Test
  void should_be_refused_if_the_second_stage_has_no_epoch() {
    Lws good = new Lws();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Lws(
                    good.representationLoss(),
                    good.classifierLoss(),
                    good.classifierSampler(),
                    good.head(),
                    0,
                    good.learningRate(),
                    good.schedule()))
        .withMessage("epochs: must be >= 1, was 0");
  }
}
