package org.equipoise.experiments.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.experiments.parts.KnownParts;
import org.equipoise.losses.BalancedSoftmax;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  private final CanonicalJson canonical = new CanonicalJson(Json.mapper(KnownParts.registry()));

  @Test
  void should_sort_keys_at_every_depth_and_keep_the_order_of_lists() {
    Map<String, Integer> inner = new LinkedHashMap<>();
    inner.put("z", 1);
    inner.put("a", 2);
    Unsorted value = new Unsorted(new BalancedSoftmax(), List.of(2, 1), inner, Optional.empty());

    assertThat(canonical.text(value))
        .isEqualTo(
            "{\"B\":{\"a\":2,\"z\":1},\"list\":[2,1],"
                + "\"loss\":{\"prior\":\"train-counts\",\"tau\":1.0,\"type\":\"balanced-softmax\"},\"none\":null}");
  }

  // Java 17 by itself writes 2e23 as 1.9999999999999998E23.
  @Test
  void should_write_each_number_with_the_fewest_digits_that_read_back() {
    assertThat(
            canonical.text(
                List.of(0.1, 5e-4, Double.parseDouble("2e23"), 1.0, 1, -0.0, 0.1f, Long.MIN_VALUE)))
        .isEqualTo("[0.1,5.0E-4,2.0E23,1.0,1,-0.0,0.1,-9223372036854775808]");
  }

  // Stage keys and run ids of earlier releases depend on it.
  @Test
  void should_hash_as_it_always_did() {
    assertThat(canonical.sha256(Map.of()))
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  /**
   * Keys out of order.
   *
   * @param loss a part
   * @param list a list
   * @param B a map
   * @param none nothing
   */
  private record Unsorted(
      LossSpec loss, List<Integer> list, Map<String, Integer> B, Optional<String> none) {}
}
