package org.equipoise.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.evaluation.detection.shape.Box;
import org.equipoise.evaluation.detection.shape.RunLengthMask;
import org.equipoise.evaluation.detection.shape.Segmentation;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class DetectionEvaluationTest {

  private static final DetectionEvaluation LVIS =
      new DetectionEvaluation(DetectionRules.LVIS, IouType.BBOX);
  private static final DetectionEvaluation COCO =
      new DetectionEvaluation(DetectionRules.COCO, IouType.BBOX);
  private static final long[] NONE = {};

  private static GroundTruth.Builder categories(int count) {
    GroundTruth.Builder truth = new GroundTruth.Builder();
    for (int c = 1; c <= count; c++) {
      truth.category(new Category(c, "c" + c, Optional.of(FrequencyGroup.RARE)));
    }
    return truth;
  }

  private static Annotation object(long id, long image, long category, Box box) {
    return new Annotation(
        id,
        image,
        category,
        box.width() * box.height(),
        Optional.of(box),
        Optional.empty(),
        false,
        false);
  }

  private static double figure(DetectionResult result, String name) {
    return result.figures().get(name).orElseThrow();
  }

  @Test
  void should_count_each_object_once_and_the_second_detection_as_false() {
    Box box = new Box(10, 10, 50, 50);
    GroundTruth truth = categories(1).image(1, 100, 100).annotation(object(1, 1, 1, box)).build();
    Detections detections =
        new Detections.Builder(truth).box(1, 1, 0.9, box).box(1, 1, 0.8, box).build();

    DetectionResult result = COCO.tally(detections).result();

    // np.spacing(1) keeps a single true positive from being worth 1.
    assertThat(figure(result, "AP")).isEqualTo(1, within(1e-15)).isLessThan(1);
    assertThat(result.outcomes().get(0)).allSatisfy(o -> assertThat(o).containsExactly(1L, 1L, 0L));
    assertThat(result.figures().get("APl")).isEqualTo(OptionalDouble.empty());
    assertThat(result.categories().get(0).apByArea()).containsOnlyKeys(AreaRange.MEDIUM);
  }

  @Test
  void should_interpolate_precision_at_101_recalls() {
    Box first = new Box(0, 0, 50, 50);
    Box second = new Box(100, 0, 50, 50);
    GroundTruth truth =
        categories(1)
            .image(1, 200, 200)
            .annotation(object(1, 1, 1, first))
            .annotation(object(2, 1, 1, second))
            .build();
    Detections detections =
        new Detections.Builder(truth)
            .box(1, 1, 0.9, first)
            .box(1, 1, 0.8, new Box(0, 100, 50, 50))
            .box(1, 1, 0.7, second)
            .build();

    // Precision 1 up to recall 0.5, which are 51 thresholds, then 2/3 for 50.
    assertThat(figure(COCO.tally(detections).result(), "AP"))
        .isEqualTo((51 + 50 * 2.0 / 3) / 101, within(1e-14));
  }

  @Test
  void should_give_the_later_object_if_overlaps_are_equal_and_match_at_the_very_threshold() {
    GroundTruth truth =
        categories(1)
            .image(1, 100, 100)
            .annotation(object(1, 1, 1, new Box(0, 0, 50, 50)))
            .annotation(object(2, 1, 1, new Box(25, 0, 75, 50)))
            .build();
    Detections detections =
        new Detections.Builder(truth).box(1, 1, 0.9, new Box(0, 0, 100, 50)).build();

    DetectionResult result = COCO.tally(detections).result();

    // An overlap of one half with the first, of three quarters with the second.
    assertThat(result.outcomes().get(0).get(5)).containsExactly(1L, 0L, 0L);
    assertThat(result.outcomes().get(0).get(6)).containsExactly(0L, 1L, 0L);
  }

  @Test
  void should_leave_out_what_nobody_looked_for_by_the_rules_of_lvis() {
    Box box = new Box(0, 0, 40, 40);
    GroundTruth truth =
        categories(4)
            .image(1, 100, 100, new long[] {2}, new long[] {3})
            .annotation(object(1, 1, 1, box))
            .annotation(object(2, 1, 3, box))
            .build();
    Detections detections =
        new Detections.Builder(truth)
            .box(1, 1, 0.9, box)
            .box(1, 2, 0.9, box)
            .box(1, 3, 0.9, new Box(60, 60, 40, 40))
            .box(1, 4, 0.9, box)
            .box(1, 77, 0.9, box)
            .build();

    DetectionResult result = LVIS.tally(detections).result();

    // Category 1 found; 2 looked for in vain; 3 not exhaustive, so that its miss counts neither
    // way.
    assertThat(result.outcomes().get(0).get(0)).containsExactly(1L, 1L, 1L);
    assertThat(result.counts()).isEqualTo(new DetectionCounts(5, 5, 3, 2, List.of(2L, 0L, 2L, 0L)));
    assertThat(result.findings())
        .containsEntry(Finding.UNVERIFIED, 1L)
        .containsEntry(Finding.UNKNOWN_CATEGORY, 1L);
  }

  @Test
  void should_take_the_best_of_an_image_whatever_their_category() {
    Box box = new Box(0, 0, 40, 40);
    GroundTruth truth =
        categories(2)
            .image(1, 100, 100, new long[] {2}, NONE)
            .annotation(object(1, 1, 1, box))
            .build();
    Detections.Builder detections = new Detections.Builder(truth).box(1, 1, 0.1, box);
    for (int i = 0; i < 300; i++) {
      detections.box(1, 2, 0.5, box);
    }

    DetectionResult result = LVIS.tally(detections.build()).result();
    DetectionResult fixed =
        new DetectionEvaluation(DetectionRules.LVIS, IouType.BBOX, DetectionLimit.FIXED, 1)
            .tally(detections.build())
            .result();

    assertThat(figure(result, "AR@300")).isZero();
    assertThat(result.findings()).containsEntry(Finding.OVER_LIMIT, 1L);
    assertThat(figure(fixed, "AR")).isOne();
    assertThat(fixed.findings()).doesNotContainKey(Finding.OVER_LIMIT);
  }

  @Test
  void should_take_the_best_10_000_of_a_category_if_the_limit_is_fixed() {
    GroundTruth.Builder truth = categories(1);
    for (int image = 1; image <= 101; image++) {
      truth.image(image, 100, 100, new long[] {1}, NONE);
    }
    Box box = new Box(0, 0, 40, 40);
    GroundTruth whole = truth.annotation(object(1, 1, 1, box)).build();
    Detections.Builder detections = new Detections.Builder(whole).box(1, 1, 0.1, box);
    for (int i = 0; i < 10_000; i++) {
      detections.box(2 + i % 100, 1, 0.5, box);
    }

    DetectionResult result =
        new DetectionEvaluation(DetectionRules.LVIS, IouType.BBOX, DetectionLimit.FIXED, 1)
            .tally(detections.build())
            .result();

    assertThat(figure(result, "AR")).isZero();
    assertThat(result.counts().detectionsTaken()).isEqualTo(10_000);
  }

  @Test
  void should_take_the_best_100_of_an_image_and_category_by_the_rules_of_coco() {
    Box box = new Box(0, 0, 40, 40);
    GroundTruth truth =
        categories(2)
            .image(1, 100, 100)
            .annotation(object(1, 1, 1, box))
            .annotation(object(2, 1, 2, box))
            .build();
    Detections.Builder detections =
        new Detections.Builder(truth).box(1, 1, 0.1, box).box(1, 2, 0.1, box);
    for (int i = 0; i < 100; i++) {
      detections.box(1, 1, 0.5, new Box(60, 60, 10, 10));
    }

    DetectionResult result = COCO.tally(detections.build()).result();

    assertThat(figure(result, "AR@100")).isEqualTo(0.5);
    assertThat(result.findings()).containsEntry(Finding.OVER_LIMIT, 1L);
  }

  @Test
  void should_go_by_the_areas_of_masks_if_the_first_detection_has_no_box() {
    Segmentation mask = new Segmentation.Runs(RunLengthMask.ofBox(new Box(0, 0, 40, 40), 90, 90));
    Box box = new Box(0, 0, 10, 10);
    GroundTruth truth =
        categories(1)
            .image(1, 90, 90, new long[] {1}, NONE)
            .image(2, 90, 90, new long[] {1}, NONE)
            .build();
    DetectionEvaluation masks = new DetectionEvaluation(DetectionRules.LVIS, IouType.SEGM);
    Detections byMask =
        new Detections.Builder(truth).mask(1, 1, .1, mask).boxAndMask(1, 1, .9, box, mask).build();
    Detections.Builder many = new Detections.Builder(truth).mask(1, 1, .1, mask);
    for (int i = 0; i < 300; i++) {
      many.boxAndMask(1, 1, .2, box, mask);
    }

    // Of 100 pixels by the box, small; of 1600 by the mask, medium.
    assertThat(masks.tally(byMask).result().outcomes().get(1).get(0)).containsExactly(0L, 0L, 2L);
    assertThat(masks.tally(byMask).result().outcomes().get(2).get(0)).containsExactly(0L, 2L, 0L);
    // An image with too many detections is sorted first, and its best one has a box.
    assertThat(masks.tally(many.build()).result().outcomes().get(1).get(0))
        .containsExactly(0L, 300L, 0L);
  }

  @Test
  void should_count_a_match_with_the_id_0_as_none_and_say_so() {
    Box box = new Box(0, 0, 40, 40);
    GroundTruth truth = categories(1).image(1, 100, 100).annotation(object(0, 1, 1, box)).build();

    DetectionResult result =
        COCO.tally(new Detections.Builder(truth).box(1, 1, 0.9, box).build()).result();

    assertThat(figure(result, "AP")).isZero();
    assertThat(result.findings()).containsEntry(Finding.ID_ZERO, 1L);
  }

  @Test
  void should_never_match_masks_of_another_size_and_say_so() {
    Segmentation mask = new Segmentation.Runs(RunLengthMask.ofBox(new Box(0, 0, 8, 8), 10, 10));
    Segmentation other = new Segmentation.Runs(RunLengthMask.ofBox(new Box(0, 0, 8, 8), 10, 11));
    GroundTruth truth =
        categories(1)
            .image(1, 10, 10)
            .annotation(
                new Annotation(1, 1, 1, 64, Optional.empty(), Optional.of(mask), false, false))
            .build();
    DetectionEvaluation masks = new DetectionEvaluation(DetectionRules.COCO, IouType.SEGM);

    DetectionResult same =
        masks.tally(new Detections.Builder(truth).mask(1, 1, 0.9, mask).build()).result();
    DetectionResult wrong =
        masks.tally(new Detections.Builder(truth).mask(1, 1, 0.9, other).build()).result();

    assertThat(figure(same, "AR@100")).isOne();
    assertThat(same.findings()).isEmpty();
    assertThat(figure(wrong, "AR@100")).isZero();
    assertThat(wrong.findings()).containsEntry(Finding.OTHER_SIZE, 1L);
  }

  @Test
  void should_refuse_detections_that_lack_what_the_first_one_has() {
    GroundTruth truth = categories(1).image(1, 10, 10).build();
    Segmentation mask = new Segmentation.Runs(RunLengthMask.ofBox(new Box(0, 0, 8, 8), 10, 10));
    Detections detections =
        new Detections.Builder(truth)
            .box(1, 1, 0.9, new Box(0, 0, 8, 8))
            .mask(1, 1, 0.8, mask)
            .build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> COCO.tally(detections))
        .withMessage("detection 2: has no bbox, but the one that decides for all, 1, has");
  }

  @Test
  void should_have_the_same_bits_on_any_number_of_threads() throws Exception {
    for (DetectionCase one : DetectionCase.own()) {
      Detections detections = one.detections();
      DetectionResult alone =
          new DetectionEvaluation(one.rules(), one.iouType()).tally(detections).result();
      for (int threads : new int[] {2, 5}) {
        DetectionEvaluation evaluation =
            new DetectionEvaluation(one.rules(), one.iouType(), DetectionLimit.OFFICIAL, threads);
        DetectionResult result = evaluation.tally(detections).result();

        assertThat(result).usingRecursiveComparison().ignoringFields("evaluation").isEqualTo(alone);
      }
    }
  }

  @Test
  void should_have_the_same_bits_if_merged_from_shards_in_any_order() {
    TestSeed.run(
        random -> {
          RandomImages images = new RandomImages(random.stream("images"), 5);
          List<Integer> all = images.ids(12);
          DetectionTally whole = LVIS.tally(images.detections(all));
          DetectionTally merged = LVIS.empty();
          for (int from : new int[] {8, 0, 4}) {
            merged = LVIS.tally(images.detections(all.subList(from, from + 4))).plus(merged);
          }

          assertThat(merged.result()).isEqualTo(whole.result());
          assertThat(merged.plus(LVIS.empty()).result()).isEqualTo(whole.result());
        });
  }

  @Test
  void should_refuse_to_merge_what_does_not_belong_together() {
    GroundTruth truth = categories(1).image(1, 10, 10).build();
    GroundTruth other = categories(2).image(2, 10, 10).build();
    DetectionTally tally = COCO.tally(new Detections.Builder(truth).build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally.plus(tally).result())
        .withMessage("tally: image 1 is in it twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally.plus(COCO.tally(new Detections.Builder(other).build())))
        .withMessageContaining("different categories");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally.plus(LVIS.empty()))
        .withMessageContaining("COCO")
        .withMessageContaining("LVIS");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DetectionEvaluation(DetectionRules.COCO, IouType.BBOX, DetectionLimit.FIXED, 1))
        .withMessageContaining("LVIS");
  }

  @Test
  void should_be_without_figures_if_there_is_nothing() {
    DetectionResult result = LVIS.empty().result();

    assertThat(result.figures().values()).containsOnly(OptionalDouble.empty());
    assertThat(result.categories()).isEmpty();
  }

  @Test
  void should_be_zero_if_nothing_is_found() {
    GroundTruth truth =
        categories(1).image(1, 10, 10).annotation(object(1, 1, 1, new Box(0, 0, 5, 5))).build();

    DetectionResult result = LVIS.tally(new Detections.Builder(truth).build()).result();

    assertThat(figure(result, "AP")).isZero();
    assertThat(figure(result, "APr")).isZero();
    assertThat(result.figures().get("APf")).isEqualTo(OptionalDouble.empty());
  }
}
