package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.Lade;
import org.equipoise.testkit.SamplerContract;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaTest {

  private static final LabelIndex SPLIT = Splits.ofCounts(40, 15, 5);

  /** The contract with published noise. */
  @Nested
  class AtInstanceLevel implements SamplerContract {

    @Override
    public Meta spec() {
      return new Meta();
    }

    // Each draw takes time linear in the examples, and the contract draws half a million times.
    @Override
    public LabelIndex index() {
      return Splits.ofCounts(80, 24, 7, 3);
    }

    @Override
    public String expectedTypeName() {
      return "meta";
    }

    @Override
    public void train(LearnedSampler sampler) {
      learn(sampler, index(), 3);
    }
  }

  /** The contract with noise by class, from a start of unequal rates. */
  @Nested
  class AtClassLevel implements SamplerContract {

    @Override
    public Meta spec() {
      return of(NoiseLevel.CLASS, 0.3, 0.5);
    }

    @Override
    public String expectedTypeName() {
      return "meta";
    }

    @Override
    public void train(LearnedSampler sampler) {
      learn(sampler, index(), 3);
    }
  }

  private static Meta of(NoiseLevel level, double initPow, double temperature) {
    return new Meta(level, initPow, temperature, 0.01, OptionalInt.of(16), Optional.empty());
  }

  private static void learn(LearnedSampler sampler, LabelIndex split, int steps) {
    try (NDManager manager = NDManager.newBaseManager()) {
      HeadToy toy =
          HeadToy.random(manager, split, 4, new BalancedSoftmax(), new SplittableRandom(5));
      Iterator<int[]> batches = sampler.batches(0);
      for (int step = 0; step < steps; step++) {
        sampler.update(toy.step(step, batches.next()));
      }
    }
  }

  @Test
  void should_have_the_published_defaults() {
    assertThat(new Meta())
        .isEqualTo(
            new Meta(NoiseLevel.INSTANCE, 0, 1, 0.01, OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void should_start_instance_balanced_at_power_0_and_class_balanced_at_1() {
    assertThat(of(NoiseLevel.CLASS, 0, 1).bind(Splits.context(SPLIT, 4, 1)).classProbabilities(0))
        .containsExactly(new double[] {40 / 60.0, 15 / 60.0, 5 / 60.0}, within(1e-15));
    assertThat(of(NoiseLevel.CLASS, 1, 1).bind(Splits.context(SPLIT, 4, 1)).classProbabilities(0))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
  }

  // Adam's first step is the learning rate in the direction against the gradient.
  @ParameterizedTest
  @EnumSource
  void should_move_every_rate_by_the_learning_rate_at_first(NoiseLevel level) {
    TestSeed.run(
        streams -> {
          LearnedSampler sampler =
              of(level, 0, 1).bind(Splits.context(SPLIT, 16, streams.seed("sampler")));

          learn(sampler, SPLIT, 1);

          for (int c = 0; c < 3; c++) {
            assertThat(Math.abs(sampler.state()[c])).isCloseTo(0.01, within(1e-4));
          }
        });
  }

  @Test
  void should_draw_by_the_rates_that_were_learned() {
    LearnedSampler sampler = of(NoiseLevel.CLASS, 0, 1).bind(Splits.context(SPLIT, 16, 1));
    double[] state = sampler.state();
    state[0] = -40;
    state[1] = -40;
    Iterator<int[]> batches = sampler.batches(0);
    batches.next();

    sampler.restore(state);

    assertThat(Arrays.stream(batches.next()).map(example -> SPLIT.labelsOf(example)[0]))
        .containsOnly(2);
    assertThat(sampler.classProbabilities(0)[2]).isCloseTo(1, within(1e-12));
  }

  @Test
  void should_refuse_an_update_for_another_batch_than_the_last() {
    try (NDManager manager = NDManager.newBaseManager()) {
      HeadToy toy =
          HeadToy.random(manager, SPLIT, 4, new BalancedSoftmax(), new SplittableRandom(5));
      LearnedSampler sampler = new Meta().bind(Splits.context(SPLIT, 16, 1));
      Iterator<int[]> batches = sampler.batches(0);
      int[] first = batches.next();
      int[] second = batches.next();

      assertThatThrownBy(() -> sampler.update(toy.step(7, first)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "meta: step 7 is not of the batch that was drawn last; expected one update after each"
                  + " draw");
      sampler.update(toy.step(8, second));
      assertThatThrownBy(() -> sampler.update(toy.step(9, second)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void should_learn_nothing_from_a_gradient_that_is_not_finite() {
    try (NDManager manager = NDManager.newBaseManager()) {
      HeadToy toy =
          HeadToy.random(manager, SPLIT, 4, new BalancedSoftmax(), new SplittableRandom(5));
      toy.rows().muli(Double.NaN);
      LearnedSampler sampler = new Meta().bind(Splits.context(SPLIT, 16, 1));
      double[] before = sampler.state();
      int[] batch = sampler.batches(0).next();

      assertThatThrownBy(() -> sampler.update(toy.step(0, batch)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(
              "meta: the gradient of the rate of class 0 is NaN; try a lower learning rate of the"
                  + " classifier");
      assertThat(sampler.state()).isEqualTo(before);
    }
  }

  @Test
  void should_refuse_what_it_cannot_draw_from() {
    assertThatThrownBy(() -> new Meta().bind(Splits.context(Splits.ofCounts(5, 0), 2, 1)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageContaining("meta: class 1");
    LabelIndex several = LabelIndex.ofMany(new int[][] {{0}, {0, 1}}, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Meta().bind(Splits.context(several, 2, 1)))
        .withMessage("meta: example 1 has 2 labels; expected one");
    LabelIndex steep = Splits.ofCounts(1000, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(NoiseLevel.CLASS, 200, 1).bind(Splits.context(steep, 2, 1)))
        .withMessage("meta: initPow: 200.0 leaves the commonest class a rate of 0; try 1");
  }

  @Test
  void should_want_every_class_in_the_validation_split_that_it_judges_by() {
    Meta spec =
        new Meta(
            NoiseLevel.CLASS,
            0,
            1,
            0.01,
            OptionalInt.empty(),
            Optional.empty(),
            LookAhead.Split.VALIDATION);
    SamplingContext without = Splits.context(SPLIT, 2, 1);
    SamplingContext lacking =
        new SamplingContext(
            SPLIT,
            2,
            3,
            OptionalInt.empty(),
            without.random(),
            Optional.of(Splits.ofCounts(2, 0, 2)));

    assertThat(spec.looksAtValidation()).isTrue();
    assertThat(new Meta().looksAtValidation()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> spec.bind(without))
        .withMessage(
            "meta: metaData: validation: the data set has no validation split; name one in"
                + " \"dataset\", or take metaData: train");
    assertThatThrownBy(() -> spec.bind(lacking))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageContaining("meta: validation split: class 1");
  }

  @Test
  void should_refuse_a_meta_loss_that_couples_the_batch() {
    Meta spec =
        new Meta(NoiseLevel.CLASS, 0, 1, 0.01, OptionalInt.empty(), Optional.of(new Lade()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> spec.bind(Splits.context(SPLIT, 2, 1)))
        .withMessage(
            "meta: metaLoss: lade couples the batch or keeps state; expected a loss with one value"
                + " an example");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_refuse_numbers_out_of_range(double wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(NoiseLevel.CLASS, 0, wrong))
        .withMessage("temperature: must be > 0 and finite, was " + wrong);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Meta(NoiseLevel.CLASS, 0, 1, wrong, OptionalInt.empty(), Optional.empty()))
        .withMessage("learningRate: must be > 0 and finite, was " + wrong);
    if (wrong != 0) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> of(NoiseLevel.CLASS, wrong, 1))
          .withMessage("initPow: must be >= 0 and finite, was " + wrong);
    }
  }

  @Test
  void should_refuse_an_empty_meta_batch_and_a_state_of_other_classes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Meta(NoiseLevel.CLASS, 0, 1, 0.01, OptionalInt.of(0), Optional.empty()))
        .withMessage("metaBatchSize: must be >= 1, was 0");
    LearnedSampler sampler = new Meta().bind(Splits.context(SPLIT, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampler.restore(new double[7]))
        .withMessage("meta: the saved state has 7 numbers; expected 10 for 3 classes");
  }
}
