package org.equipoise.experiments.data.longtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("reference")
class Mt19937Test {

  @TestFactory
  Stream<DynamicNode> should_agree_with_numpy_bit_for_bit() {
    return GoldenFiles.tests(
        "data.mt19937",
        golden -> {
          GoldenObject expected = golden.expected().object("outputs");
          long seed = (long) golden.inputs().number("seed");
          Mt19937 fresh = new Mt19937(seed);
          long[] bits = new long[12];
          Arrays.setAll(bits, i -> Integer.toUnsignedLong(fresh.nextBits()));
          assertThat(bits).isEqualTo(expected.longs("first12Uint32"));

          Mt19937 again = new Mt19937(seed);
          assertThat(shuffled(again, 10)).isEqualTo(expected.ints("shuffle10"));
          assertThat(shuffled(again, 257)).isEqualTo(expected.ints("thenShuffle257"));
        });
  }

  // The 10,000th output of the reference implementation seeded with 5489, as the C++ standard has
  // it: more than one twist of the whole state.
  @Test
  void should_agree_with_the_reference_after_many_draws() {
    Mt19937 random = new Mt19937(5489);
    for (int i = 0; i < 9999; i++) {
      random.nextBits();
    }

    assertThat(Integer.toUnsignedLong(random.nextBits())).isEqualTo(4123659995L);
  }

  @Test
  void should_refuse_a_seed_that_numpy_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mt19937(-1))
        .withMessage("seed: expected 0..4294967295, is -1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Mt19937(1L << 32));
    assertThat(new Mt19937((1L << 32) - 1).nextBits()).isNotZero();
  }

  private static int[] shuffled(Mt19937 random, int n) {
    int[] values = IntStream.range(0, n).toArray();
    random.shuffle(values);
    return values;
  }
}
