package org.equipoise.api.metric;

import org.equipoise.api.Named;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A metric as a commutative monoid, so that shards can be evaluated apart and merged: integers
 * exactly, reals to 1e-12.
 *
 * @param <B> what a batch of it looks like, such as {@link Predictions}
 * @param <S> its state; immutable
 */
public interface MetricSpec<B, S> extends Named {

  /**
   * Returns the state of having seen nothing.
   *
   * @param train the statistics of the full published train split, for metrics by shot group
   * @return the neutral element of {@link #merge}
   */
  S identity(TrainStatistics train);

  /**
   * Returns the state after one batch more.
   *
   * @param state the state so far; not changed
   * @param batch the batch
   * @return a new state
   */
  S update(S state, B batch);

  /**
   * Returns the state of having seen what both have seen.
   *
   * @param a one state; not changed
   * @param b another; not changed
   * @return a new state
   */
  S merge(S a, S b);

  /**
   * Returns the figures.
   *
   * @param state the state
   * @return the figures; what is undefined is absent
   */
  MetricResult compute(S state);
}
