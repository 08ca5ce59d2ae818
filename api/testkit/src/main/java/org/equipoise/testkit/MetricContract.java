package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.junit.jupiter.api.Test;

/**
 * What every metric keeps to: it is a commutative monoid, so that shards merge.
 *
 * <p>States are compared by the figures computed from them: tables exactly, reals to 1e-12. For
 * metrics of predictions see {@link PredictionsMetricContract}.
 *
 * @param <B> what a batch looks like
 * @param <S> the state
 */
public interface MetricContract<B, S> extends SpecContract<MetricSpec<B, S>> {

  /**
   * Draws a batch.
   *
   * @param random where to draw from
   * @param size the number of examples, &gt;= 1
   * @return a batch for the classes of {@link #train}
   */
  B batch(RandomGenerator random, int size);

  /**
   * Puts batches together.
   *
   * @param batches at least one
   * @return one batch of all their examples, in order
   */
  B concat(List<B> batches);

  /**
   * Reads a batch's numbers, to see that they stay.
   *
   * @param batch the batch
   * @return copies of its arrays
   */
  List<double[]> contents(B batch);

  /**
   * Returns the statistics of the train split.
   *
   * @return by default five classes, of all shot groups
   */
  default TrainStatistics train() {
    return TrainStatistics.of(ClassCounts.of(500, 120, 50, 20, 4));
  }

  /** Evaluating shards and merging them gives what evaluating the whole gives. */
  @Test
  default void should_give_the_same_if_evaluated_in_shards() {
    onRandomShards(
        shards -> {
          S whole = state(concat(shards));
          S one = shards.stream().map(this::state).reduce(identity(), spec()::merge);
          S rolling = identity();
          for (B shard : shards) {
            rolling = spec().update(rolling, shard);
          }

          assertSame("merged shards", one, whole);
          assertSame("updated by shard", rolling, whole);
        });
  }

  /** The order of merging does not matter. */
  @Test
  default void should_merge_in_any_order() {
    onRandomShards(
        shards -> {
          S a = state(shards.get(0));
          S b = state(shards.get(1));
          S c = state(shards.get(2));

          assertSame("commutative", spec().merge(b, a), spec().merge(a, b));
          assertSame(
              "associative",
              spec().merge(a, spec().merge(b, c)),
              spec().merge(spec().merge(a, b), c));
        });
  }

  /** Merging with the state of having seen nothing changes nothing. */
  @Test
  default void should_not_change_if_merged_with_the_identity() {
    onRandomShards(
        shards -> {
          S state = state(shards.get(0));

          assertSame("from the left", spec().merge(identity(), state), state);
          assertSame("from the right", spec().merge(state, identity()), state);
          assertSame("nothing with nothing", spec().merge(identity(), identity()), identity());
        });
  }

  /** States and batches are never written to. */
  @Test
  default void should_leave_states_and_batches_as_they_are() {
    onRandomShards(
        shards -> {
          S a = state(shards.get(0));
          S b = state(shards.get(1));
          S nothing = identity();
          MetricResult ofA = spec().compute(a);
          MetricResult ofB = spec().compute(b);
          MetricResult ofNothing = spec().compute(nothing);
          List<double[]> batch = contents(shards.get(2));

          spec().update(a, shards.get(2));
          spec().update(nothing, shards.get(2));
          spec().merge(a, b);

          assertThat(spec().compute(a)).isEqualTo(ofA);
          assertThat(spec().compute(b)).isEqualTo(ofB);
          assertThat(spec().compute(nothing)).isEqualTo(ofNothing);
          assertThat(contents(shards.get(2))).usingRecursiveComparison().isEqualTo(batch);
        });
  }

  /** What is undefined is absent: no figure is NaN or infinite, with nothing seen either. */
  @Test
  default void should_leave_out_what_is_undefined() {
    onRandomShards(
        shards -> {
          for (S state : List.of(identity(), state(shards.get(0)))) {
            MetricResult result = spec().compute(state);

            assertThat(result.scalars().values()).allMatch(Double::isFinite);
            assertThat(result.vectors().values())
                .allSatisfy(
                    vector ->
                        assertThat(vector)
                            .allMatch(v -> v.isEmpty() || Double.isFinite(v.getAsDouble())));
          }
          MetricResult seen = spec().compute(state(concat(shards)));
          assertThat(seen.scalars().size() + seen.vectors().size() + seen.tables().size())
              .as("figures after all shards")
              .isPositive();
        });
  }

  private void onRandomShards(Consumer<List<B>> test) {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("shards");
          List<B> shards = new ArrayList<>();
          for (int size : new int[] {40, 1, 17, 64}) {
            shards.add(batch(random, size));
          }
          test.accept(shards);
        });
  }

  private S identity() {
    return spec().identity(train());
  }

  private S state(B batch) {
    return spec().update(identity(), batch);
  }

  private void assertSame(String law, S got, S want) {
    MetricResults.assertClose(law, spec().compute(got), spec().compute(want));
  }
}
