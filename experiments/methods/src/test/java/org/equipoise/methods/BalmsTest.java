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
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.samplers.Meta;
import org.equipoise.samplers.NoiseLevel;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalmsTest implements SpecContract<Balms> {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(900, 300, 3));

  @Override
  public Balms spec() {
    return new Balms(
        new FocalSoftmax(),
        new CrossEntropy(),
        new Meta(NoiseLevel.CLASS, 0.1, 1, 0.001, OptionalInt.of(1024), Optional.empty()),
        OptionalInt.of(20),
        OptionalDouble.of(0.5),
        Optional.empty());
  }

  @Override
  public String expectedTypeName() {
    return "balms";
  }

  @Test
  void should_share_its_first_stage_with_crt_and_train_a_fresh_head_with_the_meta_sampler() {
    List<StageSpec> stages = new Balms().stages(TRAIN);

    assertThat(stages).hasSize(2);
    assertThat(stages.get(0)).isEqualTo(new Crt().stages(TRAIN).get(0));
    StageSpec classifier = stages.get(1);
    assertThat(classifier.start())
        .isEqualTo(new Start.After("representation", Start.HeadStart.REINITIALISE));
    assertThat(classifier.trains()).isEqualTo(Set.of(ModelPart.HEAD));
    assertThat(classifier.loss()).isEqualTo(new BalancedSoftmax());
    assertThat(classifier.sampler()).isEqualTo(new Meta());
    assertThat(classifier.learningRate()).hasValue(0.1);
    classifier.requireLookAhead(new Linear());
  }

  @Test
  void should_use_the_parts_it_is_given() {
    StageSpec classifier = spec().stages(TRAIN).get(1);

    assertThat(spec().stages(TRAIN).get(0).loss()).isEqualTo(new FocalSoftmax());
    assertThat(classifier.loss()).isEqualTo(new CrossEntropy());
    assertThat(classifier.sampler()).isEqualTo(spec().classifierSampler());
    assertThat(classifier.epochs()).hasValue(20);
    assertThat(classifier.learningRate()).hasValue(0.5);
  }

  // CIFAR-10-LT and CIFAR-100-LT with imbalance factor 200, and fewer examples than a batch.
  @ParameterizedTest
  @CsvSource({"11203, 91", "9502, 106", "512, 2000", "513, 1000", "3, 2000"})
  void should_make_2000_steps_of_512_examples_unless_told_otherwise(long examples, int epochs) {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(examples));

    assertThat(new Balms().stages(train).get(1).epochs()).hasValue(epochs);
  }

  // "Decoupled Balanced Softmax" is the same but for the sampler.
  @Test
  void should_differ_from_decoupled_balanced_softmax_in_the_sampler_alone() {
    Crt decoupled =
        new Crt(
            new CrossEntropy(),
            new BalancedSoftmax(),
            new InstanceBalanced(),
            91,
            OptionalDouble.of(0.1),
            Optional.empty());
    Balms fixed =
        new Balms(
            new CrossEntropy(),
            new BalancedSoftmax(),
            new InstanceBalanced(),
            OptionalInt.of(91),
            OptionalDouble.of(0.1),
            Optional.empty());

    assertThat(fixed.stages(TRAIN)).isEqualTo(decoupled.stages(TRAIN));
  }

  @Test
  void should_refuse_a_stage_without_epochs() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Balms(
                    new CrossEntropy(),
                    new BalancedSoftmax(),
                    new Meta(),
                    OptionalInt.of(0),
                    OptionalDouble.empty(),
                    Optional.empty()))
        .withMessage("epochs: must be >= 1, was 0");
  }
}
