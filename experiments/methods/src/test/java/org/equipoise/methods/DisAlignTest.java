package org.equipoise.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.losses.GeneralisedReweight;
import org.equipoise.losses.InverseFrequency;
import org.equipoise.methods.head.DisAlign.Form;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class DisAlignTest implements SpecContract<DisAlign> {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(9, 3, 1));

  @Override
  public DisAlign spec() {
    return new DisAlign(
        new FocalSoftmax(),
        new BalancedSoftmax(),
        new InverseFrequency(),
        Reduction.SUM,
        new ClassBalanced(),
        new org.equipoise.methods.head.DisAlign(Form.RESIDUAL, false),
        7,
        OptionalDouble.of(0.1),
        Optional.empty());
  }

  @Override
  public String expectedTypeName() {
    return "disalign";
  }

  @Test
  void should_share_its_first_stage_with_crt() {
    assertThat(new DisAlign().stages(TRAIN).get(0)).isEqualTo(new Crt().stages(TRAIN).get(0));
  }

  @Test
  void should_then_calibrate_the_trained_head_as_published() {
    List<StageSpec> stages = new DisAlign().stages(TRAIN);

    assertThat(stages).hasSize(2);
    assertThat(stages.get(1))
        .isEqualTo(
            StageSpec.of("classifier", new CrossEntropy(), new InstanceBalanced())
                .starting(
                    new Start.After(stages.get(0).name(), Start.HeadStart.KEEP),
                    Set.of(ModelPart.HEAD))
                .withHead(
                    Optional.of(new org.equipoise.methods.head.DisAlign(Form.INTERPOLATE, true)))
                .weighted(
                    Optional.of(new GeneralisedReweight(1.2, WeightNormalisation.CLASS_MEAN)),
                    Reduction.WEIGHT_MEAN)
                .lasting(OptionalInt.of(10), OptionalDouble.empty(), Optional.empty()));
  }

  @Test
  void should_put_each_part_into_the_stage_that_it_is_named_for() {
    List<StageSpec> stages = spec().stages(TRAIN);

    assertThat(stages.get(0).loss()).isEqualTo(new FocalSoftmax());
    assertThat(stages.get(0).head()).isEmpty();
    assertThat(stages.get(0).weighting()).isEmpty();
    assertThat(stages.get(0).reduction()).isEqualTo(Reduction.BATCH_MEAN);
    assertThat(stages.get(1).loss()).isEqualTo(new BalancedSoftmax());
    assertThat(stages.get(1).weighting()).hasValue(new InverseFrequency());
    assertThat(stages.get(1).reduction()).isEqualTo(Reduction.SUM);
    assertThat(stages.get(1).sampler()).isEqualTo(new ClassBalanced());
    assertThat(stages.get(1).head())
        .hasValue(new org.equipoise.methods.head.DisAlign(Form.RESIDUAL, false));
    assertThat(stages.get(1).epochs()).hasValue(7);
    assertThat(stages.get(1).learningRate()).hasValue(0.1);
  }

  @Test
  void should_be_refused_if_the_second_stage_has_no_epoch() {
    DisAlign good = new DisAlign();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DisAlign(
                    good.representationLoss(),
                    good.classifierLoss(),
                    good.weighting(),
                    good.reduction(),
                    good.classifierSampler(),
                    good.head(),
                    0,
                    good.learningRate(),
                    good.schedule()))
        .withMessage("epochs: must be >= 1, was 0");
  }
}
