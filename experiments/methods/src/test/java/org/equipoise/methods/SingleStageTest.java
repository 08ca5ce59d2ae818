package org.equipoise.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.InverseFrequency;
import org.equipoise.methods.head.Cosine;
import org.equipoise.methods.transform.Mixup;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class SingleStageTest implements SpecContract<SingleStage> {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(9, 3, 1));

  @Override
  public SingleStage spec() {
    return new SingleStage(
        new BalancedSoftmax(),
        new ClassBalanced(),
        Optional.of(new InverseFrequency()),
        Reduction.WEIGHT_MEAN,
        Optional.of(new Cosine()),
        List.of(new Mixup()));
  }

  @Override
  public String expectedTypeName() {
    return "single-stage";
  }

  @Test
  void should_train_everything_once_with_plain_parts_by_default() {
    assertThat(new SingleStage().stages(TRAIN))
        .containsExactly(StageSpec.of("train", new CrossEntropy(), new InstanceBalanced()));
  }

  @Test
  void should_hand_every_part_to_its_stage() {
    StageSpec expected =
        StageSpec.of("train", new BalancedSoftmax(), new ClassBalanced())
            .withHead(Optional.of(new Cosine()))
            .weighted(Optional.of(new InverseFrequency()), Reduction.WEIGHT_MEAN)
            .transforming(List.of(new Mixup()));

    assertThat(spec().stages(TRAIN)).containsExactly(expected);
  }

  @Test
  void should_not_change_if_the_given_list_does() {
    List<BatchTransformSpec> transforms = new ArrayList<>(List.of(new Mixup()));
    SingleStage method =
        new SingleStage(
            new CrossEntropy(),
            new InstanceBalanced(),
            Optional.empty(),
            Reduction.BATCH_MEAN,
            Optional.empty(),
            transforms);
    transforms.clear();

    assertThat(method.batchTransforms()).containsExactly(new Mixup());
  }

  @Test
  void should_be_refused_without_a_loss_or_a_sampler() {
    assertThatNullPointerException()
        .isThrownBy(() -> new SingleStage(null, new InstanceBalanced()))
        .withMessage("loss");
    assertThatNullPointerException()
        .isThrownBy(() -> new SingleStage(new CrossEntropy(), null))
        .withMessage("sampler");
  }
}
