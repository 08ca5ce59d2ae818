package org.equipoise.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class WilcoxonSignedRankTestTest {

  @Test
  void should_equal_a_case_worked_out_by_hand() {
    // Ranks 1, 2, 3 with signs -, +, +. Of the 8 patterns, the sums 0 and 1 are at most 1.
    WilcoxonSignedRankTest test = test(-1, 2, 5);

    assertThat(test).isEqualTo(new WilcoxonSignedRankTest(3, 0, 5, 1, 0.5));
    assertThat(test.statistic()).isEqualTo(1);
  }

  @Test
  void should_leave_out_zeros_and_share_the_ranks_of_ties() {
    // Ranks 1.5, 1.5, 3 with signs +, -, -. At most 1.5 are the sums 0, 1.5 and 1.5.
    assertThat(test(0, 2, -2, -7, 0)).isEqualTo(new WilcoxonSignedRankTest(3, 2, 1.5, 4.5, 0.75));
  }

  @Test
  void should_not_exceed_one() {
    // W+ = W- = 1.5 of ranks 1.5 and 1.5: 2 P(W <= 1.5) = 3/2.
    assertThat(test(1, -1).pTwoSided()).isEqualTo(1);
    assertThat(test(0, 0)).isEqualTo(new WilcoxonSignedRankTest(0, 2, 0, 0, 1));
  }

  @Test
  void should_equal_hipparchus_where_there_is_no_tie() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("pairs");
          double[] a = random.doubles(11, 0.1, 1).toArray();
          double[] b = random.doubles(11).toArray();
          var peer = new org.hipparchus.stat.inference.WilcoxonSignedRankTest();

          WilcoxonSignedRankTest test = WilcoxonSignedRankTest.of(a, b);

          assertThat(Math.max(test.wPlus(), test.wMinus()))
              .isEqualTo(peer.wilcoxonSignedRank(a, b));
          assertThat(test.pTwoSided())
              .isCloseTo(Math.min(1, peer.wilcoxonSignedRankTest(a, b, true)), within(1e-12));
        });
  }

  @Test
  void should_equal_the_count_of_all_patterns_of_signs() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("ties");
          double[] differences = random.ints(9, -4, 5).asDoubleStream().toArray();
          WilcoxonSignedRankTest test = test(differences);

          double[] size = Arrays.stream(differences).map(Math::abs).filter(d -> d > 0).toArray();
          int extreme = 0;
          for (int signs = 0; signs < 1 << size.length; signs++) {
            double[] signed = new double[size.length];
            for (int i = 0; i < size.length; i++) {
              signed[i] = (signs >> i & 1) == 1 ? size[i] : -size[i];
            }
            extreme += rankSumOfPositives(signed) <= test.statistic() ? 1 : 0;
          }
          double share = extreme / (double) (1 << size.length);
          assertThat(test.pTwoSided()).isCloseTo(Math.min(1, 2 * share), within(1e-12));
        });
  }

  @Test
  void should_stay_right_if_there_are_many_pairs() {
    double[] rising = new double[100];
    Arrays.setAll(rising, i -> i + 1);

    assertThat(test(rising).pTwoSided()).isCloseTo(Math.pow(2, -99), within(1e-42));
  }

  @Test
  void should_refuse_what_are_no_pairs() {
    assertThatThrownBy(() -> WilcoxonSignedRankTest.of(new double[0], new double[0]))
        .hasMessage("pairs: at least 1 are needed, there are 0");
  }

  private static WilcoxonSignedRankTest test(double... differences) {
    return WilcoxonSignedRankTest.of(differences, new double[differences.length]);
  }

  /** The rank of a difference is the number of smaller ones, and half of the equal ones. */
  private static double rankSumOfPositives(double... differences) {
    double sum = 0;
    for (double one : differences) {
      if (one > 0) {
        double rank = 0.5;
        for (double other : differences) {
          double order = Double.compare(Math.abs(other), one);
          rank += order < 0 ? 1 : order == 0 ? 0.5 : 0;
        }
        sum += rank;
      }
    }
    return sum;
  }
}
