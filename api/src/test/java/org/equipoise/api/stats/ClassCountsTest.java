package org.equipoise.api.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassCountsTest {

  @Test
  void should_count_labels() {
    ClassCounts counts = ClassCounts.ofLabels(new int[] {2, 0, 2, 2}, 4);

    assertThat(counts).isEqualTo(ClassCounts.of(1, 0, 3, 0));
    assertThat(counts.classes()).isEqualTo(4);
    assertThat(counts.count(2)).isEqualTo(3);
    assertThat(counts.total()).isEqualTo(4);
  }

  @Test
  void should_name_the_example_if_a_label_is_out_of_range() {
    assertThatThrownBy(() -> ClassCounts.ofLabels(new int[] {0, 3}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("class counts: example 1 has label 3 outside 0..2");
    assertThatThrownBy(() -> ClassCounts.ofLabels(new int[] {-1}, 3))
        .hasMessage("class counts: example 0 has label -1 outside 0..2");
  }

  @Test
  void should_refuse_negative_counts_and_no_class() {
    assertThatThrownBy(() -> ClassCounts.of(3, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("class counts: class 1 has count -1; a count is >= 0");
    assertThatThrownBy(ClassCounts::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void should_copy_in_and_out() {
    long[] given = {5, 6};
    ClassCounts counts = ClassCounts.of(given);
    given[0] = 99;
    counts.toArray()[1] = 99;

    assertThat(counts.toArray()).containsExactly(5, 6);
  }

  @Test
  void should_give_the_prior() {
    ClassPrior prior = ClassCounts.of(6, 3, 1, 0).prior();

    assertThat(prior.toArray()).containsExactly(0.6, 0.3, 0.1, 0);
    assertThat(prior.log()[0]).isEqualTo(Math.log(0.6), within(1e-15));
    assertThat(prior.log()[3]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(prior.probability(1)).isEqualTo(0.3);
    assertThatThrownBy(() -> ClassCounts.of(0, 0).prior())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no training example at all");
  }

  @Test
  void should_give_the_effective_number() {
    ClassCounts counts = ClassCounts.of(1, 3, 1000, 0);

    assertThat(counts.effectiveNumber(0, 0.9)).isEqualTo(1, within(1e-15));
    assertThat(counts.effectiveNumber(1, 0.9)).isEqualTo(1 + 0.9 + 0.81, within(1e-14));
    assertThat(counts.effectiveNumber(3, 0.9)).isZero();
    assertThat(counts.effectiveNumber(3, 0)).isZero();
    assertThat(counts.effectiveNumber(2, 0)).isEqualTo(1);
    // 1 - beta^n would have no right digit left.
    assertThat(counts.effectiveNumber(2, Math.nextDown(1.0))).isEqualTo(1000, within(1e-9));
    assertThatThrownBy(() -> counts.effectiveNumber(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("beta: must be in [0, 1), was 1.0");
  }

  @Test
  void should_give_the_imbalance_factor() {
    assertThat(ClassCounts.of(50, 5000, 300).imbalanceFactor()).isEqualTo(100);
    assertThat(ClassCounts.of(5, 0).imbalanceFactor()).isInfinite();
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(() -> ClassCounts.of(3, 1, 0).requireNoEmptyClass("acme/loss"))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("acme/loss: class 2 has no training example");
    assertThatCode(() -> ClassCounts.of(3, 1).requireNoEmptyClass("acme/loss"))
        .doesNotThrowAnyException();
  }

  @Test
  void should_be_equal_by_value() {
    assertThat(ClassCounts.of(1, 2))
        .isEqualTo(ClassCounts.of(1, 2))
        .hasSameHashCodeAs(ClassCounts.of(1, 2))
        .hasToString("ClassCounts[1, 2]")
        .isNotEqualTo(ClassCounts.of(2, 1));
  }
}
