package org.equipoise.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrtTest implements SpecContract<Crt> {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(9, 3, 1));

  private static final ScheduleSpec HALF = new Half();

  @Override
  public Crt spec() {
    return new Crt(
        new FocalSoftmax(),
        new BalancedSoftmax(),
        new InstanceBalanced(),
        30,
        OptionalDouble.of(0.1),
        Optional.of(HALF));
  }

  @Override
  public String expectedTypeName() {
    return "crt";
  }

  @Test
  void should_share_its_first_stage_with_plain_training() {
    StageSpec first = new Crt().stages(TRAIN).get(0);
    StageSpec plain = new SingleStage().stages(TRAIN).get(0);

    // A stage's name takes no part in what it computes; everything else must be equal.
    assertThat(renamed(first, plain.name())).isEqualTo(plain);
  }

  private static StageSpec renamed(StageSpec stage, String name) {
    return new StageSpec(
        name,
        stage.start(),
        stage.trains(),
        stage.head(),
        stage.loss(),
        stage.sampler(),
        stage.weighting(),
        stage.reduction(),
        stage.batchTransforms(),
        stage.epochs(),
        stage.learningRate(),
        stage.schedule());
  }

  @Test
  void should_then_train_a_fresh_head_alone_on_class_balanced_batches() {
    List<StageSpec> stages = new Crt().stages(TRAIN);

    assertThat(stages).hasSize(2);
    assertThat(stages.get(1))
        .isEqualTo(
            new StageSpec(
                "classifier",
                new Start.After(stages.get(0).name(), Start.HeadStart.REINITIALISE),
                Set.of(ModelPart.HEAD),
                Optional.empty(),
                new CrossEntropy(),
                new ClassBalanced(),
                Optional.empty(),
                Reduction.BATCH_MEAN,
                List.of(),
                OptionalInt.of(10),
                OptionalDouble.empty(),
                Optional.empty()));
  }

  @Test
  void should_put_each_part_into_the_stage_that_it_is_named_for() {
    List<StageSpec> stages = spec().stages(TRAIN);

    assertThat(stages.get(0).loss()).isEqualTo(new FocalSoftmax());
    assertThat(stages.get(0).sampler()).isEqualTo(new InstanceBalanced());
    assertThat(stages.get(0).epochs()).isEmpty();
    assertThat(stages.get(0).learningRate()).isEmpty();
    assertThat(stages.get(0).schedule()).isEmpty();
    assertThat(stages.get(1).loss()).isEqualTo(new BalancedSoftmax());
    assertThat(stages.get(1).sampler()).isEqualTo(new InstanceBalanced());
    assertThat(stages.get(1).epochs()).hasValue(30);
    assertThat(stages.get(1).learningRate()).hasValue(0.1);
    assertThat(stages.get(1).schedule()).containsSame(HALF);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void should_be_refused_if_the_second_stage_has_no_epoch(int epochs) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crt(epochs, OptionalDouble.empty()))
        .withMessageContaining("epochs")
        .withMessageContaining(String.valueOf(epochs));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_be_refused_if_the_learning_rate_is_not_a_positive_number(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crt(10, OptionalDouble.of(rate)))
        .withMessageContaining("learningRate")
        .withMessageContaining(String.valueOf(rate));
  }

  private static Crt crt(int epochs, OptionalDouble rate) {
    return new Crt(
        new CrossEntropy(),
        new CrossEntropy(),
        new ClassBalanced(),
        epochs,
        rate,
        Optional.empty());
  }

  /** A schedule of this test: the module has none. */
  private record Half() implements ScheduleSpec {

    @Override
    public double factor(Progress at) {
      return 0.5;
    }
  }
}
