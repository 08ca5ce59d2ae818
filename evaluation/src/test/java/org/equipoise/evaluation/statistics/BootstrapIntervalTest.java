package org.equipoise.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class BootstrapIntervalTest {

  @Test
  void should_interpolate_between_the_means() {
    // Of 5 means, the quarter is the second and three quarters the fourth; at level 0.8 the
    // quantile 0.1 is 0.4 of the way from the first to the second.
    double[] values = {1, 2};
    double[] means = {50, 20, 40, 10, 30};

    BootstrapInterval half = BootstrapInterval.of(values, 0.5, means);
    BootstrapInterval wide = BootstrapInterval.of(values, 0.8, means);

    assertThat(half).isEqualTo(new BootstrapInterval(SampleSummary.of(values), 0.5, 5, 20, 40));
    assertThat(wide.low()).isCloseTo(14, within(1e-12));
    assertThat(wide.high()).isCloseTo(46, within(1e-12));
  }

  @Test
  void should_repeat_itself_for_the_same_stream() {
    double[] values = {3, 1, 4, 1, 5};

    assertThat(BootstrapInterval.ofMean(values, 0.9, 500, new SplittableRandom(7)))
        .isEqualTo(BootstrapInterval.ofMean(values, 0.9, 500, new SplittableRandom(7)))
        .isNotEqualTo(BootstrapInterval.ofMean(values, 0.9, 500, new SplittableRandom(8)));
  }

  @Test
  void should_be_near_the_normal_interval_if_there_are_many_values() {
    TestSeed.run(
        streams -> {
          double[] values = streams.stream("values").doubles(400).toArray();

          BootstrapInterval interval =
              BootstrapInterval.ofMean(values, 0.95, 4000, streams.stream("bootstrap"));

          SampleSummary sample = interval.sample();
          double half = 1.96 * sample.standardDeviation().orElseThrow() / 20;
          assertThat(interval.resamples()).isEqualTo(4000);
          assertThat(interval.low()).isCloseTo(sample.mean() - half, within(0.15 * half));
          assertThat(interval.high()).isCloseTo(sample.mean() + half, within(0.15 * half));
        });
  }

  @Test
  void should_have_no_width_if_all_values_are_equal() {
    BootstrapInterval interval =
        BootstrapInterval.ofMean(new double[] {2, 2, 2}, 0.95, 10, new SplittableRandom(1));

    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(2);
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    SplittableRandom random = new SplittableRandom(1);

    assertThatThrownBy(() -> BootstrapInterval.ofMean(new double[0], 0.95, 10, random))
        .hasMessage("n: must be >= 1, is 0");
    assertThatThrownBy(() -> BootstrapInterval.ofMean(new double[2], 1, 10, random))
        .hasMessage("level: must be in (0, 1), was 1.0");
    assertThatThrownBy(() -> BootstrapInterval.ofMean(new double[2], 0.95, -1, random))
        .hasMessage("resamples: must be >= 1, was -1");
    assertThatThrownBy(() -> new BootstrapInterval(SampleSummary.of(1), 0.95, 10, 2, 1))
        .hasMessage("low: must be <= high, 1.0, was 2.0");
  }
}
