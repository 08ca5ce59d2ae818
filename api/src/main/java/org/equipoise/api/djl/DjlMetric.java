package org.equipoise.api.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.evaluator.Evaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * One figure of a metric of Equipoise as a DJL {@link Evaluator}:
 *
 * <pre>{@code
 * config.addEvaluator(DjlMetric.of(new BalancedAccuracy(), counts, "balanced-accuracy"));
 * config.addEvaluator(DjlMetric.of(new ShotAccuracy(), counts, "few"));
 * }</pre>
 *
 * @param <S> the metric's state
 */
public final class DjlMetric<S> extends Evaluator {

  private final MetricSpec<Predictions, S> metric;
  private final TrainStatistics train;
  private final String figure;
  private final Map<String, S> states = new ConcurrentHashMap<>();

  private DjlMetric(MetricSpec<Predictions, S> metric, TrainStatistics train, String figure) {
    super(figure);
    this.metric = metric;
    this.train = train;
    this.figure = figure;
  }

  /**
   * Adapts a metric.
   *
   * @param metric the metric
   * @param counts the class counts of the train set
   * @param figure which of the metric's scalars DJL shows
   * @param <S> the metric's state
   * @return a DJL evaluator; its value is NaN, which DJL prints as such, while the figure is
   *     undefined
   */
  public static <S> DjlMetric<S> of(
      MetricSpec<Predictions, S> metric, ClassCounts counts, String figure) {
    return new DjlMetric<>(metric, TrainStatistics.of(counts), figure);
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    S batch = metric.update(metric.identity(train), read(labels, predictions));
    return predictions.singletonOrThrow().getManager().create(figureOf(batch));
  }

  @Override
  public void addAccumulator(String key) {
    states.put(key, metric.identity(train));
  }

  @Override
  public void updateAccumulator(String key, NDList labels, NDList predictions) {
    Predictions batch = read(labels, predictions);
    states.compute(
        key, (k, state) -> metric.update(state == null ? metric.identity(train) : state, batch));
  }

  @Override
  public void resetAccumulator(String key) {
    addAccumulator(key);
  }

  @Override
  public float getAccumulator(String key) {
    S state = states.get(key);
    if (state == null) {
      throw new IllegalArgumentException("no accumulator of the name " + key);
    }
    return figureOf(state);
  }

  private float figureOf(S state) {
    Double value = metric.compute(state).scalars().get(figure);
    return value == null ? Float.NaN : value.floatValue();
  }

  private Predictions read(NDList labels, NDList predictions) {
    NDArray logits = DjlArrays.logits(figure, predictions);
    try (NDArray single = logits.toType(DataType.FLOAT32, true)) {
      NDArray ids = DjlArrays.classIds(figure, labels, logits).ids();
      int[] classIds = Arrays.stream(ids.toLongArray()).mapToInt(Math::toIntExact).toArray();
      return new Predictions(single.toFloatArray(), (int) logits.getShape().get(1), classIds);
    }
  }
}
