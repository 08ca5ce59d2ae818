package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.sampling.LookAhead.Gradient;
import org.equipoise.api.sampling.LookAhead.Split;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.training.optimizer.Adam;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.methods.head.Cosine;
import org.equipoise.methods.transform.Mixup;
import org.equipoise.samplers.Meta;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageLookAheadTest {

  private static final StageSpec META = StageSpec.of("s", new BalancedSoftmax(), new Meta());
  private static final String NEEDS =
      "stage \"s\": sampler \"meta\" tries out each step of the classifier, which needs ";

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false, true",
    "0.9, 0.01, false, true",
    "0.9, 0.01, true, true",
    "0.5, 0.01, false, false"
  })
  void should_foretell_what_the_step_makes_of_the_classifier(
      double momentum, double decay, boolean nesterov, boolean decayBias) throws IOException {
    Foretelling sampler = new Foretelling();
    Toy toy =
        new Toy()
            .withBackbone(new SmallCnn(List.of(3, 4)))
            .withStage(StageSpec.of("s", new BalancedSoftmax(), sampler))
            .withOptimizer(new Sgd(0.5, momentum, decay, nesterov, decayBias));

    train(toy);

    assertThat(sampler.found()).hasSize(Toy.STEPS);
    for (int step = 1; step < Toy.STEPS; step++) {
      assertThat(sampler.found().get(step))
          .as("step %d", step)
          .containsExactly(sampler.foretold().get(step - 1), within(2e-6f))
          .isNotEqualTo(sampler.found().get(step - 1));
    }
  }

  @Test
  void should_give_logit_gradients_that_make_up_the_gradient_of_the_step() throws IOException {
    Foretelling sampler =
        new Foretelling(
            step -> {
              NDArray byLogits = step.lookAhead().logitGradient();
              Gradient whole = step.lookAhead().gradient();
              NDArray rows = byLogits.transpose().matMul(step.outputs().features());
              assertThat(rows.toFloatArray())
                  .containsExactly(whole.rows().toFloatArray(), within(1e-6f));
              assertThat(byLogits.sum(new int[] {0}).toFloatArray())
                  .containsExactly(whole.bias().orElseThrow().toFloatArray(), within(1e-6f));
            });

    train(new Toy().withStage(StageSpec.of("s", new BalancedSoftmax(), sampler)).withEpochs(1));

    assertThat(sampler.found()).isNotEmpty();
  }

  @Test
  void should_give_features_of_augmented_examples_that_stay_the_same_within_a_step()
      throws IOException {
    List<float[]> seen = new ArrayList<>();
    int[] examples = {0, 67, 0};
    Foretelling sampler =
        new Foretelling(
            step -> {
              NDArray features = step.lookAhead().features(Split.TRAIN, examples).features();
              assertThat(features.getShape()).isEqualTo(new Shape(3, 12));
              assertThat(step.lookAhead().features(Split.TRAIN, examples).labels().toLongArray())
                  .containsExactly(0, 2, 0);
              assertThat(step.lookAhead().features(Split.TRAIN, examples).features())
                  .isEqualTo(features);
              seen.add(features.toFloatArray());
            });

    train(new Toy().withStage(StageSpec.of("s", new BalancedSoftmax(), sampler)).withEpochs(1));

    float[] first = Arrays.copyOfRange(seen.get(0), 0, 12);
    float[] again = Arrays.copyOfRange(seen.get(0), 24, 36);
    assertThat(again).as("the same example, cropped anew").isNotEqualTo(first);
  }

  // Dropout and running statistics would show: nothing of the step may depend on having looked.
  @Test
  void should_train_alike_whether_a_sampler_looks_or_not() throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet());
    Foretelling looking =
        new Foretelling(step -> step.lookAhead().features(Split.TRAIN, new int[] {1, 2}));

    StageResult one =
        train(toy.withStage(StageSpec.of("s", new BalancedSoftmax(), looking)), "looking");
    StageResult other =
        train(toy.withStage(StageSpec.of("s", new BalancedSoftmax(), new Foretelling())), "not");

    assertThat(one.weightsSha256()).isEqualTo(other.weightsSha256());
  }

  @Test
  void should_say_what_is_missing_if_a_sampler_looks_at_a_split_it_did_not_ask_for() {
    Foretelling looking =
        new Foretelling(step -> step.lookAhead().features(Split.VALIDATION, new int[] {1}));

    assertThatThrownBy(
            () -> train(new Toy().withStage(StageSpec.of("s", new BalancedSoftmax(), looking))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("looksAtValidation of the sampler's spec to be true");
  }

  @Test
  void should_refuse_what_it_cannot_look_ahead_in() {
    refuse(
        new Toy().withStage(META.withHead(Optional.of(new Cosine()))),
        NEEDS + "a linear head, but head \"cosine\" is none");
    refuse(
        new Toy().withStage(META.starting(new Start.Fresh(), Set.of(ModelPart.BACKBONE))),
        NEEDS + "a head that is trained, but this one is frozen");
    refuse(
        new Toy().withStage(META.transforming(List.of(new Mixup()))),
        NEEDS + "one class an example, but batch transforms mix them");
    refuse(
        new Toy().withStage(META.weighted(Optional.of(new OneTwoFive()), Reduction.BATCH_MEAN)),
        NEEDS + "examples that weigh the same, but there is a class weighting");
    refuse(
        new Toy().withStage(StageSpec.of("s", new FocalSoftmax(), new Meta())),
        NEEDS
            + "a loss with a gradient in closed form (LogitGradient), which \"focal-softmax\" has"
            + " not");
    refuse(
        new Toy().withStage(META).withOptimizer(new Adam()),
        NEEDS + "optimizer \"sgd\", not \"adam\"");
  }

  private void refuse(Toy toy, String message) {
    int before = TorchEngine.managedArrays();
    assertThatIllegalArgumentException().isThrownBy(() -> train(toy)).withMessage(message);
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  private StageResult train(Toy toy) throws IOException {
    return train(toy, "stage");
  }

  private StageResult train(Toy toy, String name) throws IOException {
    return new StageTrainer().train(toy.task(), folder.resolve(name), new Events(), () -> false);
  }
}
