package org.equipoise.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class ByScoreTest {

  @Test
  void should_sort_as_a_stable_sort_does() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("scores");
          ByScore byScore = new ByScore();
          for (int size = 0; size < 200; size++) {
            int kinds = 1 + random.nextInt(2 * size + 1);
            double[] scores = new double[size + 3];
            for (int i = 0; i < scores.length; i++) {
              scores[i] = random.nextInt(kinds) / 4.0;
            }
            int[] places = IntStream.range(0, size + 3).toArray();

            byScore.sort(places, 2, size + 2, scores);

            List<Integer> expected =
                IntStream.range(2, size + 2)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                    .toList();
            assertThat(places).startsWith(0, 1).endsWith(size + 2);
            assertThat(IntStream.of(places).skip(2).limit(size).boxed().toList())
                .isEqualTo(expected);
          }
        });
  }
}
