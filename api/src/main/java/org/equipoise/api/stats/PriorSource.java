package org.equipoise.api.stats;

/**
 * Whose class prior a prior-shift loss corrects.
 *
 * <p>The two agree where examples are drawn uniformly. Under class-balanced sampling the train
 * counts would be corrected twice, by the sampler and by the loss; what the sampler draws is then
 * uniform, and a loss that corrects that does nothing.
 */
public enum PriorSource {
  /** The class counts of the train split, as published. */
  TRAIN_COUNTS {
    @Override
    public ClassPrior of(String who, TrainStatistics train) {
      train.instances().requireNoEmptyClass(who);
      return train.instances().prior();
    }
  },
  /** What the sampler draws in expectation, {@link TrainStatistics#sampled}. */
  SAMPLER_EFFECTIVE {
    @Override
    public ClassPrior of(String who, TrainStatistics train) {
      ClassPrior sampled =
          train
              .sampled()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          who
                              + ": prior sampler-effective needs the class probabilities of a"
                              + " sampler, which these statistics do not have; use train-counts"));
      for (int c = 0; c < sampled.classes(); c++) {
        if (sampled.probability(c) == 0) {
          throw new IllegalArgumentException(
              who + ": class " + c + " is never drawn by the sampler, so it has no log-prior");
        }
      }
      return sampled;
    }
  };

  /**
   * Returns the prior.
   *
   * @param who the part that asks, for messages
   * @param train the statistics that the part is bound to
   * @return probabilities, each &gt; 0
   * @throws EmptyClassException if a class has no training example
   * @throws IllegalArgumentException if the statistics do not say what a sampler draws, or it never
   *     draws some class
   */
  public abstract ClassPrior of(String who, TrainStatistics train);
}
