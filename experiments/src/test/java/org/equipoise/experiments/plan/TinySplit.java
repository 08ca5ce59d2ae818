package org.equipoise.experiments.plan;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;

/** Black images of 4 pixels, for tests that look at labels alone. */
public final class TinySplit {

  private TinySplit() {}

  /**
   * Returns a data set.
   *
   * @param counts images a class
   * @return the same for training and testing, classes called by their ids
   */
  public static LabelledData of(int... counts) {
    return data(images(counts), Optional.empty(), counts);
  }

  /**
   * Returns a data set with a validation split.
   *
   * @param counts images a class
   * @return the same for training, validation and testing, classes called by their ids
   */
  public static LabelledData withValidation(int... counts) {
    ImageExamples images = images(counts);
    return data(images, Optional.of(images), counts);
  }

  private static ImageExamples images(int... counts) {
    int[] labels =
        IntStream.range(0, counts.length)
            .flatMap(c -> IntStream.generate(() -> c).limit(counts[c]))
            .toArray();
    return new ImageExamples(
        new byte[4 * labels.length],
        labels,
        new ImageExamples.ImageFormat(2, 2, 1, List.of(0.0), List.of(1.0)));
  }

  private static LabelledData data(
      ImageExamples images, Optional<Examples> validation, int... counts) {
    return new LabelledData(
        images,
        images,
        IntStream.range(0, counts.length).mapToObj(Integer::toString).toList(),
        ClassCounts.of(IntStream.of(counts).asLongStream().toArray()),
        new TreeMap<>(),
        Optional.empty(),
        validation);
  }
}
