package org.equipoise.evaluation.detection.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.random.RandomGenerator;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLengthMaskTest {

  private static boolean[][] pixels(RandomGenerator random, int height, int width) {
    boolean[][] pixels = new boolean[height][width];
    for (boolean[] row : pixels) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextInt(3) == 0;
      }
    }
    return pixels;
  }

  @Test
  void should_agree_with_counting_pixels() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("pixels");
          for (int i = 0; i < 200; i++) {
            int height = 1 + random.nextInt(12);
            int width = 1 + random.nextInt(12);
            boolean[][] first = pixels(random, height, width);
            boolean[][] second = pixels(random, height, width);
            RunLengthMask a = RunLengthMask.ofPixels(first);
            RunLengthMask b = RunLengthMask.ofPixels(second);
            boolean[][] union = new boolean[height][width];
            boolean[][] intersection = new boolean[height][width];
            int any = 0;
            int both = 0;
            int area = 0;
            for (int y = 0; y < height; y++) {
              for (int x = 0; x < width; x++) {
                union[y][x] = first[y][x] || second[y][x];
                intersection[y][x] = first[y][x] && second[y][x];
                any += union[y][x] ? 1 : 0;
                both += intersection[y][x] ? 1 : 0;
                area += first[y][x] ? 1 : 0;
              }
            }

            assertThat(a.pixels()).isEqualTo(first);
            assertThat(a.area()).isEqualTo(area);
            assertThat(RunLengthMask.union(List.of(a, b)).pixels()).isEqualTo(union);
            assertThat(RunLengthMask.intersection(List.of(a, b)).pixels()).isEqualTo(intersection);
            assertThat(a.iou(b, false)).isEqualTo(both == 0 ? 0 : (double) both / any);
            assertThat(a.iou(b, true)).isEqualTo(both == 0 ? 0 : (double) both / area);
            assertThat(RunLengthMask.ofString(a.toString(), height, width)).isEqualTo(a);
            assertThat(RunLengthMask.ofCounts(a.counts(), height, width)).isEqualTo(a);
          }
        });
  }

  /** The outline walked step by step on the fine grid, as COCO's code does it. */
  @Test
  void should_fill_polygons_as_the_walk_along_the_outline_does() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("polygons");
          for (int i = 0; i < 2_000; i++) {
            int height = 1 + random.nextInt(40);
            int width = 1 + random.nextInt(40);
            double[] xy = new double[2 * (1 + random.nextInt(7)) + random.nextInt(2)];
            double step = new double[] {1, .5, .2, .1, 0.01}[random.nextInt(5)];
            for (int j = 0; j < xy.length; j++) {
              xy[j] = Math.round((random.nextDouble() * 60 - 10) / step) * step;
            }

            assertThat(RunLengthMask.ofPolygon(xy, height, width).counts())
                .as("%s on %s x %s", xy, height, width)
                .isEqualTo(OutlineWalk.runs(xy, height, width));
          }
        });
  }

  @Test
  void should_take_no_time_for_an_outline_far_outside() {
    double[] xy = {-1e300, 5, 1e300, 5, 1e300, 1e300, -1e300, 1e300};

    assertThat(RunLengthMask.ofPolygon(xy, 10, 10).counts()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3      | 'has 9 in it' | counts: the runs have 3 pixels, a mask of size [3, 3] has 9",
        "0~     | bad character | counts: character 2 is none of '0' to 'o'",
        "S      | ends          | counts: ends within a number",
        "SSSSSSSSSS | too long  | counts: the number at character 7 is too long",
        "O      | negative      | counts: run 1 is -1: too much for a mask of size [3, 3]",
        "000::  | too much      | counts: run 4 is 10: too much for a mask of size [3, 3]",
        "''     | empty         | counts: the runs have 0 pixels, a mask of size [3, 3] has 9"
      })
  void should_say_what_is_wrong_with_a_string(String text, String what, String message) {
    assertThatIllegalArgumentException()
        .as(what)
        .isThrownBy(() -> RunLengthMask.ofString(text, 3, 3))
        .withMessage(message);
  }

  @Test
  void should_refuse_sizes_and_shapes_that_are_none() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLengthMask.ofCounts(new int[] {0}, 0, 5))
        .withMessageContaining("[0, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLengthMask.ofString("0", 1 << 20, 1 << 20))
        .withMessageContaining("2^31");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLengthMask.ofPolygon(new double[] {Double.NaN, 1, 2, 3, 4, 5}, 9, 9))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Segmentation.Polygons(List.of()))
        .withMessageContaining("no polygon");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Segmentation.Polygons(List.of(new double[3])))
        .withMessageContaining("3 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box(0, 0, Double.POSITIVE_INFINITY, 1))
        .withMessageContaining("Infinity");
  }

  @Test
  void should_end_where_both_have_an_empty_run_as_the_mask_code_does() {
    RunLengthMask mask = RunLengthMask.ofCounts(new int[] {1, 2, 0, 3, 3}, 3, 3);
    RunLengthMask same = RunLengthMask.ofCounts(new int[] {1, 5, 3}, 3, 3);
    RunLengthMask two = RunLengthMask.ofCounts(new int[] {1, 2, 0, 2, 4}, 3, 3);

    assertThat(mask.iou(same, false)).isOne();
    // Without the quirk it would be 4 / 5.
    assertThat(mask.iou(two, false)).isOne();
  }

  @Test
  void should_have_a_box_of_zeros_if_it_is_empty() {
    assertThat(RunLengthMask.ofCounts(new int[] {9}, 3, 3).box()).isEqualTo(Box.EMPTY);
  }
}
