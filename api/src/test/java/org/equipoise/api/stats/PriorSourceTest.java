package org.equipoise.api.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PriorSourceTest {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(6, 3, 1));

  @Test
  void should_take_the_train_counts_whatever_the_sampler_draws() {
    TrainStatistics drawn = TRAIN.withSampled(ClassPrior.of(0.5, 0.25, 0.25));

    assertThat(PriorSource.TRAIN_COUNTS.of("a-loss", drawn).toArray())
        .containsExactly(0.6, 0.3, 0.1);
  }

  @Test
  void should_take_what_the_sampler_draws() {
    ClassPrior drawn = ClassPrior.of(0.5, 0.25, 0.25);

    assertThat(PriorSource.SAMPLER_EFFECTIVE.of("a-loss", TRAIN.withSampled(drawn)))
        .isEqualTo(drawn);
    assertThat(TRAIN.withSampled(drawn))
        .isNotEqualTo(TRAIN)
        .hasSameHashCodeAs(TRAIN.withSampled(ClassPrior.of(0.5, 0.25, 0.25)));
  }

  @Test
  void should_refuse_statistics_that_have_no_such_prior() {
    assertThatThrownBy(() -> PriorSource.SAMPLER_EFFECTIVE.of("a-loss", TRAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a-loss: prior sampler-effective needs the class probabilities");
    assertThatThrownBy(
            () ->
                PriorSource.SAMPLER_EFFECTIVE.of(
                    "a-loss", TRAIN.withSampled(ClassPrior.of(0.5, 0, 0.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a-loss: class 1 is never drawn by the sampler, so it has no log-prior");
    assertThatThrownBy(
            () -> PriorSource.TRAIN_COUNTS.of("a-loss", TrainStatistics.of(ClassCounts.of(1, 0))))
        .isInstanceOf(EmptyClassException.class);
  }

  @Test
  void should_refuse_what_is_no_distribution_of_these_classes() {
    assertThatThrownBy(() -> ClassPrior.of(0.5, 0.6))
        .hasMessage("class prior: the probabilities sum to 1.1; expected 1");
    assertThatThrownBy(() -> ClassPrior.of(1.5, -0.5))
        .hasMessage("class prior: class 1 has -0.5; a probability is >= 0");
    assertThatThrownBy(() -> TRAIN.withSampled(ClassPrior.of(0.5, 0.5)))
        .hasMessage("train statistics: instance counts have 3 classes, what the sampler draws 2");
  }
}
