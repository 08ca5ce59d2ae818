package org.equipoise.samplers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.testkit.golden.GoldenDetection;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Repeat factors of real images, at several thresholds.
 *
 * <p>The golden file has the factors alone. The linear ones at the largest threshold say in how
 * many images each class is, and how many images have the rarest class of each image; a split of
 * which this is true must have all the factors, at all thresholds.
 */
@Tag("reference")
class GoldenRepeatFactorTest {

  private static final Pattern SETTING = Pattern.compile("t=([0-9.e-]+),sqrt=(True|False)");

  @Test
  void should_equal_every_golden_case_of_repeat_factors() {
    List<GoldenObject> files = GoldenDetection.filesWith("factors");
    Assumptions.assumeFalse(files.isEmpty(), "no folder of detection cases is named");
    files.forEach(GoldenRepeatFactorTest::compare);
  }

  private static void compare(GoldenObject file) {
    GoldenObject factors = file.object("factors");
    List<Setting> settings = factors.keys().stream().map(key -> Setting.of(factors, key)).toList();
    Setting telling =
        settings.stream()
            .filter(setting -> !setting.sqrt)
            .max(Comparator.comparingDouble(Setting::threshold))
            .orElseThrow();
    LabelIndex split = split(telling);
    for (Setting setting : settings) {
      RepeatFactors got = RepeatFactors.of(split, setting.threshold, setting.sqrt);
      GoldenTolerance tolerance = GoldenTolerance.doublePrecision();
      tolerance.assertClose(
          setting + " classes",
          Arrays.copyOf(got.ofClass(), setting.classes.length),
          setting.classes);
      tolerance.assertClose(setting + " images", got.ofImage(), setting.images);
    }
  }

  /** Makes a split of the file's classes, and one class more for each image: its rarest. */
  private static LabelIndex split(Setting telling) {
    int images = telling.images.length;
    int[] rarest = Arrays.stream(telling.images).mapToInt(telling::imagesWith).toArray();
    List<List<Integer>> labels = new ArrayList<>();
    IntStream.range(0, images).forEach(i -> labels.add(new ArrayList<>()));
    int classes = telling.classes.length;
    for (int c = 0; c < classes; c++) {
      put(c, telling.imagesWith(telling.classes[c]), -1, rarest, labels);
    }
    for (int i = 0; i < images; i++) {
      if (telling.images[i] > 1) {
        put(classes + i, rarest[i], i, rarest, labels);
      }
    }
    return LabelIndex.ofMany(
        labels.stream()
            .map(list -> list.stream().mapToInt(label -> label).toArray())
            .toArray(int[][]::new),
        classes + images);
  }

  /** Puts a class into some images, one of them given, whose rarest class is no less rare. */
  private static void put(
      int label, int count, int image, int[] rarest, List<List<Integer>> labels) {
    int[] takers =
        IntStream.concat(
                IntStream.of(image),
                IntStream.range(0, rarest.length).filter(i -> i != image && (rarest[i] <= count)))
            .filter(i -> i >= 0)
            .limit(count)
            .toArray();
    if (takers.length < count) {
      throw new IllegalStateException("no such split: class " + label + " in " + count + " images");
    }
    Arrays.stream(takers).forEach(i -> labels.get(i).add(label));
  }

  private record Setting(double threshold, boolean sqrt, double[] classes, double[] images) {

    static Setting of(GoldenObject factors, String key) {
      Matcher setting = SETTING.matcher(key);
      if (!setting.matches()) {
        throw new IllegalArgumentException("unknown setting " + key);
      }
      GoldenObject golden = factors.object(key);
      return new Setting(
          Double.parseDouble(setting.group(1)),
          setting.group(2).equals("True"),
          values(golden.object("category")),
          values(golden.object("image")));
    }

    private static double[] values(GoldenObject object) {
      return object.keys().stream().mapToDouble(object::number).toArray();
    }

    /** Returns how many images have a class of this factor; for factor 1, the fewest possible. */
    int imagesWith(double factor) {
      return (int) Math.round(images.length * threshold / factor);
    }

    @Override
    public String toString() {
      return "t=" + threshold + ", sqrt=" + sqrt;
    }
  }
}
