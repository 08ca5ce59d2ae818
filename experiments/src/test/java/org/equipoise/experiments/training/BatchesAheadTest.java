package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesAheadTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 20})
  void should_never_announce_more_than_may_be(int lookAhead) {
    List<Integer> announced = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    Iterator<int[]> source = IntStream.range(0, 9).mapToObj(i -> new int[] {i}).iterator();
    Iterator<int[]> batches =
        new BatchesAhead(
            source,
            lookAhead,
            (place, batch) -> {
              assertThat(batch[0]).isEqualTo(place);
              announced.add(place);
              assertThat(announced.size() - taken.size()).isLessThanOrEqualTo(lookAhead);
            });

    while (batches.hasNext()) {
      taken.add(batches.next()[0]);
    }

    assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(announced).isEqualTo(lookAhead == 0 ? List.of() : taken);
  }
}
