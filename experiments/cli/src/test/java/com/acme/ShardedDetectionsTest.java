package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.ShardedDetections.Image;
import java.util.List;
import java.util.Optional;
import org.equipoise.evaluation.detection.Category;
import org.equipoise.evaluation.detection.FrequencyGroup;
import org.junit.jupiter.api.Test;

class ShardedDetectionsTest {

  @Test
  void should_have_no_figure_if_there_was_nothing_to_find() {
    List<Category> categories = List.of(new Category(1, "owl", Optional.of(FrequencyGroup.RARE)));
    Image image = new Image(1, new double[] {0.5, 10, 10, 40, 40});

    assertThat(ShardedDetections.rareCategories(categories, List.of(List.of(image)))).isEmpty();
  }
}
