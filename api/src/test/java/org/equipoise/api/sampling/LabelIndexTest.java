package org.equipoise.api.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.equipoise.api.stats.ClassCounts;
import org.junit.jupiter.api.Test;

class LabelIndexTest {

  @Test
  void should_find_examples_by_class_in_ascending_order() {
    LabelIndex index = LabelIndex.of(new int[] {1, 0, 1, 3, 1}, 4);

    assertThat(index.examples()).isEqualTo(5);
    assertThat(index.classes()).isEqualTo(4);
    assertThat(index.counts()).isEqualTo(ClassCounts.of(1, 3, 0, 1));
    assertThat(new int[] {index.example(1, 0), index.example(1, 1), index.example(1, 2)})
        .containsExactly(0, 2, 4);
    assertThat(index.example(3, 0)).isEqualTo(3);
    assertThat(index.labelsOf(3)).containsExactly(3);
  }

  @Test
  void should_hold_several_labels_or_none() {
    LabelIndex index = LabelIndex.ofMany(new int[][] {{2, 0}, {}, {0}}, 3);

    assertThat(index.examples()).isEqualTo(3);
    assertThat(index.labelsOf(0)).containsExactly(2, 0);
    assertThat(index.labelsOf(1)).isEmpty();
    assertThat(index.counts()).isEqualTo(ClassCounts.of(2, 0, 1));
    assertThat(index.example(0, 1)).isEqualTo(2);
  }

  @Test
  void should_drop_labels_that_an_example_has_twice() {
    LabelIndex objects = LabelIndex.ofMany(new int[][] {{0, 2, 0}, {}, {2, 2}, {1}}, 3);

    LabelIndex images = objects.distinct();

    assertThat(images.labelsOf(0)).containsExactly(0, 2);
    assertThat(images.examples()).isEqualTo(4);
    assertThat(images.counts()).isEqualTo(ClassCounts.of(1, 1, 2));
    assertThat(objects.counts()).isEqualTo(ClassCounts.of(2, 1, 3));
    assertThat(images.distinct()).isSameAs(images);
  }

  @Test
  void should_say_whether_examples_have_one_label_each() {
    assertThat(LabelIndex.of(new int[] {1, 0, 1}, 2).hasOneLabelEach()).isTrue();
    // As many labels as examples.
    assertThat(LabelIndex.ofMany(new int[][] {{0, 1}, {}}, 2).hasOneLabelEach()).isFalse();
  }

  @Test
  void should_copy_in_and_out() {
    int[] labels = {0, 1};
    LabelIndex index = LabelIndex.of(labels, 2);
    labels[0] = 1;
    index.labelsOf(1)[0] = 0;

    assertThat(index.labelsOf(0)).containsExactly(0);
    assertThat(index.labelsOf(1)).containsExactly(1);
  }

  @Test
  void should_refuse_a_rank_beyond_the_class() {
    LabelIndex index = LabelIndex.of(new int[] {0, 1, 1}, 2);

    // Without the check it would be the first example of class 1.
    assertThatThrownBy(() -> index.example(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void should_refuse_a_label_out_of_range() {
    assertThatThrownBy(() -> LabelIndex.of(new int[] {0, 2}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label index: label 2 outside 0..1");
    assertThatThrownBy(() -> LabelIndex.ofMany(new int[][] {{-1}}, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
