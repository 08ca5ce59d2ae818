package org.equipoise.evaluation.detection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.equipoise.evaluation.detection.shape.Box;

/** Images with objects and detections in them; what is in one depends on its id alone. */
final class RandomImages {

  private static final int SIDE = 200;

  private final RandomGenerator random;
  private final long salt;
  private final int categories;
  private int next = 1;

  RandomImages(RandomGenerator random, int categories) {
    this.random = random;
    this.salt = random.nextLong();
    this.categories = categories;
  }

  /** Returns ids that were not there before, in any order. */
  List<Integer> ids(int count) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(next++);
    }
    Collections.shuffle(ids, new Random(random.nextLong()));
    return ids;
  }

  Detections detections(List<Integer> ids) {
    GroundTruth.Builder truth = new GroundTruth.Builder();
    for (int c = 1; c <= categories; c++) {
      truth.category(
          new Category(c, "c" + c, FrequencyGroup.ofLabel("rcf".substring(c % 3, c % 3 + 1))));
    }
    for (int id : ids) {
      Random of = new Random(salt + id);
      truth.image(id, SIDE, SIDE, some(of), some(of));
      for (int i = of.nextInt(4); i > 0; i--) {
        Box box = box(of);
        truth.annotation(
            new Annotation(
                100L * id + i,
                id,
                1 + of.nextInt(categories),
                box.width() * box.height(),
                Optional.of(box),
                Optional.empty(),
                false,
                of.nextInt(8) == 0));
      }
    }
    Detections.Builder found = new Detections.Builder(truth.build());
    for (int id : ids) {
      Random of = new Random(salt - id);
      for (int i = of.nextInt(12); i > 0; i--) {
        found.box(id, 1 + of.nextInt(categories), of.nextInt(8) / 8.0, box(of));
      }
    }
    return found.build();
  }

  private long[] some(Random of) {
    return LongStream.rangeClosed(1, categories).filter(c -> of.nextInt(3) == 0).toArray();
  }

  /** On a coarse grid, so that overlaps are large or none, and often equal. */
  private static Box box(Random of) {
    return new Box(
        20 * of.nextInt(3), 20 * of.nextInt(3), 20 + 20 * of.nextInt(5), 20 + 20 * of.nextInt(5));
  }
}
