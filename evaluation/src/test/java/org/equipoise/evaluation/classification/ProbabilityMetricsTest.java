package org.equipoise.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbabilityMetricsTest {

  private static final int K = 4;
  private static final Offset<Double> ROUNDING = within(1e-12);

  @ParameterizedTest(name = "{0} examples, seed {1}")
  @CsvSource({"300, 1", "25, 2", "2, 3", "1, 4"})
  void should_equal_the_reference_if_updated_in_shards(int examples, long seed) {
    Predictions all = RandomPredictions.of(examples, K, seed);
    double[][] p = softmax(all);

    assertThat(sharded(new BrierScore(), all).scalars().get("brier-score"))
        .isCloseTo(brier(p, all.labels()), ROUNDING);
    assertThat(
            sharded(new NegativeLogLikelihood(1e-2), all).scalars().get("negative-log-likelihood"))
        .isCloseTo(likelihood(p, all.labels(), 1e-2), ROUNDING);
    for (int bins : new int[] {1, 7, 15}) {
      assertThat(
              sharded(new ExpectedCalibrationError(bins), all)
                  .scalars()
                  .get("expected-calibration-error"))
          .isCloseTo(confidenceError(p, all.labels(), bins), ROUNDING);
      MetricResult classWise = sharded(new ClassWiseCalibrationError(bins), all);
      double sum = 0;
      for (int c = 0; c < K; c++) {
        double error = classError(p, all.labels(), c, bins);
        sum += error;
        assertThat(classWise.vectors().get("class-wise-calibration-error").get(c).orElseThrow())
            .isCloseTo(error, ROUNDING);
      }
      assertThat(classWise.scalars().get("class-wise-calibration-error"))
          .isCloseTo(sum / K, ROUNDING);
    }
    MetricResult auroc = sharded(new Auroc(), all);
    for (int c = 0; c < K; c++) {
      OptionalDouble area = area(p, all.labels(), c);
      OptionalDouble got = auroc.vectors().get("auroc").get(c);
      assertThat(got.isPresent()).isEqualTo(area.isPresent());
      if (area.isPresent()) {
        assertThat(got.getAsDouble()).isCloseTo(area.getAsDouble(), ROUNDING);
      }
    }
  }

  @Test
  void should_stay_finite_if_logits_are_extreme() {
    Predictions extreme =
        new Predictions(
            new float[] {500, -500, 0, 0, Float.NEGATIVE_INFINITY, 1, 0, 0}, K, new int[] {1, 0});

    assertThat(sharded(new NegativeLogLikelihood(), extreme).scalars())
        .hasEntrySatisfying(
            "negative-log-likelihood",
            nll -> assertThat(nll).isCloseTo(-Math.log(1e-12), within(1e-9)));
    assertThat(sharded(new BrierScore(), extreme).scalars().get("brier-score")).isBetween(1.0, 2.0);
  }

  @Test
  void should_refuse_an_infinite_logit_by_name() {
    Predictions infinite =
        new Predictions(new float[] {0, Float.POSITIVE_INFINITY, 0, 0}, K, new int[] {1});

    assertThatThrownBy(() -> sharded(new BrierScore(), infinite))
        .hasMessage("softmax: the largest logit of example 0 must be finite, is Infinity");
  }

  @Test
  void should_rank_probabilities_near_zero_apart() {
    // GIVEN probabilities of class 1 of about 1e-30, 1e-31 and 1e-32, which add up to 1 with class
    // 0
    Predictions tiny =
        new Predictions(new float[] {69, 0, 71.3f, 0, 73.6f, 0}, 2, new int[] {1, 0, 0});
    TrainStatistics two = TrainStatistics.of(ClassCounts.of(1, 1));
    Auroc metric = new Auroc();

    MetricResult auroc = metric.compute(metric.update(metric.identity(two), tiny));

    assertThat(auroc.vectors().get("auroc").get(1)).hasValue(1.0);
  }

  @Test
  void should_refuse_hyperparameters_out_of_range() {
    assertThatThrownBy(() -> new NegativeLogLikelihood(0))
        .hasMessage("floor: must be in (0, 1), is 0.0");
    assertThatThrownBy(() -> new NegativeLogLikelihood(Double.NaN))
        .hasMessage("floor: must be in (0, 1), is NaN");
    assertThatThrownBy(() -> new ExpectedCalibrationError(0))
        .hasMessage("bins: must be >= 1, is 0");
    assertThatThrownBy(() -> new ClassWiseCalibrationError(0))
        .hasMessage("bins: must be >= 1, is 0");
  }

  @Test
  void should_refuse_to_merge_other_bins() {
    ReliabilityBins seven = ReliabilityBins.empty(7);
    ReliabilityBins fifteen = ReliabilityBins.empty(15);

    assertThatThrownBy(() -> seven.plus(fifteen)).hasMessage("bins: 15 cannot be added to 7");
  }

  private static <S> MetricResult sharded(MetricSpec<Predictions, S> metric, Predictions all) {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(1, 1, 1, 1));
    return metric.compute(RandomPredictions.stateOf(metric, train, all));
  }

  private static double[][] softmax(Predictions all) {
    double[][] p = new double[all.size()][K];
    for (int i = 0; i < p.length; i++) {
      for (int c = 0; c < K; c++) {
        p[i][c] = Math.exp(all.logits()[i * K + c]);
      }
      double sum = Arrays.stream(p[i]).sum();
      for (int c = 0; c < K; c++) {
        p[i][c] /= sum;
      }
    }
    return p;
  }

  private static double brier(double[][] p, int[] labels) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      // |p - e_y|^2 = |p|^2 - 2 p_y + 1
      sum += Arrays.stream(p[i]).map(x -> x * x).sum() - 2 * p[i][labels[i]] + 1;
    }
    return sum / p.length;
  }

  private static double likelihood(double[][] p, int[] labels, double floor) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i][labels[i]] < floor ? -Math.log(floor) : -Math.log(p[i][labels[i]]);
    }
    return sum / p.length;
  }

  private static double confidenceError(double[][] p, int[] labels, int bins) {
    double[] confidence = new double[p.length];
    boolean[] hit = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      int best = 0;
      for (int c = K - 1; c >= 0; c--) {
        if (p[i][c] >= p[i][best]) {
          best = c;
        }
      }
      confidence[i] = p[i][best];
      hit[i] = best == labels[i];
    }
    return error(confidence, hit, bins);
  }

  private static double classError(double[][] p, int[] labels, int classId, int bins) {
    double[] probability = new double[p.length];
    boolean[] hit = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      probability[i] = p[i][classId];
      hit[i] = labels[i] == classId;
    }
    return error(probability, hit, bins);
  }

  private static double error(double[] probability, boolean[] hit, int bins) {
    double error = 0;
    for (int b = 0; b < bins; b++) {
      double n = 0;
      double hits = 0;
      double sum = 0;
      for (int i = 0; i < hit.length; i++) {
        if (probability[i] > (double) b / bins && probability[i] <= (b + 1.0) / bins) {
          n++;
          hits += hit[i] ? 1 : 0;
          sum += probability[i];
        }
      }
      if (n > 0) {
        error += n / hit.length * Math.abs(hits / n - sum / n);
      }
    }
    return error;
  }

  private static OptionalDouble area(double[][] p, int[] labels, int classId) {
    double wins = 0;
    long pairs = 0;
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        if (labels[i] == classId && labels[j] != classId) {
          pairs++;
          double lead = p[i][classId] - p[j][classId];
          // Equal rows whose sums were rounded differently are ties.
          wins += Math.abs(lead) < 1e-12 ? 0.5 : lead > 0 ? 1 : 0;
        }
      }
    }
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(wins / pairs);
  }
}
