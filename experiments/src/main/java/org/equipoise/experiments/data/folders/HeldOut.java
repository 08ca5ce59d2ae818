package org.equipoise.experiments.data.folders;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LabelIndex;

/**
 * A part of every class, held out for evaluation.
 *
 * <p>Of a class of n images round(share n) are held out: at least one if it has two, and never all.
 * Which ones depends on the seed, the class and its files' order alone.
 *
 * @param share the part that is held out, in (0, 1)
 * @param seed the seed of the choice
 */
public record HeldOut(double share, long seed) {

  /**
   * Chooses images.
   *
   * @param labels the class id of each image
   * @param classes the number of classes
   * @return which images are held out
   */
  public boolean[] choose(int[] labels, int classes) {
    LabelIndex index = LabelIndex.of(labels, classes);
    boolean[] held = new boolean[labels.length];
    RandomStreams streams = new RandomStreams(seed);
    for (int c = 0; c < classes; c++) {
      int count = index.count(c);
      int wanted = (int) Math.min(count - 1L, Math.max(1, Math.round(share * count)));
      int[] ranks = IntStream.range(0, count).toArray();
      RandomGenerator random = streams.stream("held-out/class=" + c);
      for (int i = 0; i < wanted; i++) {
        int other = i + random.nextInt(count - i);
        held[index.example(c, ranks[other])] = true;
        ranks[other] = ranks[i];
      }
    }
    return held;
  }
}
