package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.TrainStatistics;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A metric that keeps the contract passes it; each way of breaking it is found. */
class MetricContractTest implements PredictionsMetricContract<ToyMetric.Sum> {

  @Override
  public MetricSpec<Predictions, ToyMetric.Sum> spec() {
    return new ToyMetric();
  }

  @Override
  public String expectedTypeName() {
    return "toy-metric";
  }

  @TestFactory
  Stream<DynamicTest> should_find_what_is_broken() {
    return Stream.of(
        broken(
            "mean of means",
            MetricContract::should_give_the_same_if_evaluated_in_shards,
            new MeanOfMeans()),
        broken("order", MetricContract::should_merge_in_any_order, new TakesTheFirst()),
        broken(
            "identity", MetricContract::should_not_change_if_merged_with_the_identity, new Prior()),
        broken(
            "state changed",
            MetricContract::should_leave_states_and_batches_as_they_are,
            new ChangesState()),
        broken(
            "batch changed",
            MetricContract::should_leave_states_and_batches_as_they_are,
            new ChangesBatch()),
        broken("NaN", MetricContract::should_leave_out_what_is_undefined, new Undefined()));
  }

  private static DynamicTest broken(
      String name,
      Consumer<MetricContract<Predictions, double[]>> test,
      MetricSpec<Predictions, double[]> spec) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          MetricContract<Predictions, double[]> contract = new OfAMetric(spec);
          assertThatThrownBy(() -> test.accept(contract)).isInstanceOf(AssertionError.class);
        });
  }

  private record OfAMetric(MetricSpec<Predictions, double[]> spec)
      implements PredictionsMetricContract<double[]> {

    @Override
    public String expectedTypeName() {
      return "toy-metric";
    }
  }

  /** Sum and count in an array. */
  private static class Mean implements MetricSpec<Predictions, double[]> {

    @Override
    public double[] identity(TrainStatistics train) {
      return new double[2];
    }

    @Override
    public double[] update(double[] state, Predictions batch) {
      double sum = 0;
      for (int i = 0; i < batch.size(); i++) {
        sum += batch.logits()[i * batch.classes() + batch.labels()[i]];
      }
      return merge(state, new double[] {sum, batch.size()});
    }

    @Override
    public double[] merge(double[] a, double[] b) {
      return new double[] {a[0] + b[0], a[1] + b[1]};
    }

    @Override
    public MetricResult compute(double[] state) {
      return MetricResult.ofScalars(
          state[1] == 0 ? new TreeMap<>() : new TreeMap<>(Map.of("mean", state[0] / state[1])));
    }
  }

  private static final class MeanOfMeans extends Mean {
    @Override
    public double[] merge(double[] a, double[] b) {
      if (a[1] == 0 || b[1] == 0) {
        return a[1] == 0 ? b : a;
      }
      return new double[] {(a[0] / a[1] + b[0] / b[1]) / 2, 1};
    }
  }

  private static final class TakesTheFirst extends Mean {
    @Override
    public double[] merge(double[] a, double[] b) {
      return a[1] == 0 ? b : a;
    }
  }

  private static final class Prior extends Mean {
    @Override
    public double[] identity(TrainStatistics train) {
      return new double[] {0, 1};
    }
  }

  private static final class ChangesState extends Mean {
    @Override
    public double[] merge(double[] a, double[] b) {
      a[0] += b[0];
      a[1] += b[1];
      return a;
    }
  }

  private static final class ChangesBatch extends Mean {
    @Override
    public double[] update(double[] state, Predictions batch) {
      double[] next = super.update(state, batch);
      Arrays.sort(batch.labels());
      return next;
    }
  }

  private static final class Undefined extends Mean {
    @Override
    public MetricResult compute(double[] state) {
      return MetricResult.ofScalars(new TreeMap<>(Map.of("mean", state[0] / state[1])));
    }
  }
}
