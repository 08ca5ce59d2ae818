package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.junit.jupiter.api.Test;

/**
 * What every sampler keeps to.
 *
 * <p>The contract works with the split of {@link #index}, batches of 32 and {@value #EPOCHS}
 * epochs.
 */
public interface SamplerContract extends SpecContract<SamplerSpec> {

  /** The epochs that the contract's samplers are bound to. */
  int EPOCHS = 4;

  /**
   * Returns the train split.
   *
   * @return by default one label an example; classes of 400, 120, 36, 11 and 3 examples
   */
  default LabelIndex index() {
    long[] counts = {400, 120, 36, 11, 3};
    return LabelIndex.of(SyntheticLongTail.labels(counts), counts.length);
  }

  /**
   * Says whether draws are independent of each other, so that class counts follow {@link
   * EpochSampler#classProbabilities} by the multinomial law. A sampler without replacement, or of
   * examples with several labels, says no and tests its own law.
   *
   * @return by default true
   */
  default boolean drawsWithReplacement() {
    return true;
  }

  /**
   * Says whether every epoch makes exactly {@link SamplingContext#drawsPerEpoch} draws, whatever
   * the epoch.
   *
   * @return by default true
   */
  default boolean epochLengthIsFixed() {
    return true;
  }

  /**
   * Lets a sampler that learns take a few steps before its state is written down.
   *
   * @param sampler the sampler; by default nothing is done
   */
  default void train(LearnedSampler sampler) {}

  /** The batches of an epoch depend on seed and epoch alone. */
  @Test
  default void should_draw_the_same_if_seed_and_epoch_are_the_same() {
    TestSeed.run(
        streams -> {
          EpochSampler forwards = bind(streams);
          List<int[]> epoch0 = draw(forwards, 0);
          List<int[]> epoch2 = draw(forwards, 2);

          EpochSampler backwards = bind(streams);
          Iterator<int[]> late = backwards.batches(2);
          Iterator<int[]> early = backwards.batches(0);
          List<int[]> again0 = new ArrayList<>();
          List<int[]> again2 = new ArrayList<>();
          while (late.hasNext() || early.hasNext()) {
            if (late.hasNext()) {
              again2.add(late.next());
            }
            if (early.hasNext()) {
              again0.add(early.next());
            }
          }

          assertThat(again0).usingRecursiveComparison().isEqualTo(epoch0);
          assertThat(again2).usingRecursiveComparison().isEqualTo(epoch2);
        });
  }

  /** Another epoch or another seed draws something else. */
  @Test
  default void should_draw_something_else_if_seed_or_epoch_differ() {
    TestSeed.run(
        streams -> {
          List<int[]> first = draw(bind(streams), 0);

          assertThat(flat(draw(bind(streams), 1))).isNotEqualTo(flat(first));
          assertThat(flat(draw(bind(streams.within("other")), 0))).isNotEqualTo(flat(first));
        });
  }

  /** Indices are those of examples, and batches have the size asked for. */
  @Test
  default void should_fill_its_batches() {
    TestSeed.run(
        streams -> {
          for (OptionalInt steps : List.of(OptionalInt.empty(), OptionalInt.of(3))) {
            SamplingContext context = context(streams, steps);
            EpochSampler sampler = spec().bind(context);
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
              List<int[]> batches = draw(sampler, epoch);

              assertThat(batches).hasSize(sampler.steps(epoch));
              for (int[] batch : batches.subList(0, batches.size() - 1)) {
                assertThat(batch).hasSize(context.batchSize());
              }
              assertThat(batches.get(batches.size() - 1)).hasSizeBetween(1, context.batchSize());
              assertThat(Arrays.stream(flat(batches)).boxed())
                  .allMatch(example -> example >= 0 && example < context.index().examples());
              if (epochLengthIsFixed()) {
                assertThat(flat(batches)).hasSize(context.drawsPerEpoch());
                assertThat(sampler.steps(epoch)).isEqualTo(context.steps());
              }
            }
          }
        });
  }

  /** A batch is the caller's: writing into it changes no later one. */
  @Test
  default void should_hand_out_arrays_that_are_the_callers() {
    TestSeed.run(
        streams -> {
          EpochSampler sampler = bind(streams);
          List<int[]> expected = draw(bind(streams), 0);
          sampler.batches(0).forEachRemaining(batch -> Arrays.fill(batch, -1));

          assertThat(draw(sampler, 0)).usingRecursiveComparison().isEqualTo(expected);
        });
  }

  /** The class distribution of a draw is a distribution. */
  @Test
  default void should_give_class_probabilities_that_sum_to_one() {
    EpochSampler sampler = bind(new RandomStreams(1));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double[] probabilities = sampler.classProbabilities(epoch);

      assertThat(probabilities).hasSize(index().classes());
      assertThat(Arrays.stream(probabilities).boxed()).allMatch(p -> p >= 0 && p <= 1);
      assertThat(Arrays.stream(probabilities).sum()).isEqualTo(1, within(1e-12));
    }
  }

  /**
   * Draws follow the class distribution that the formula gives, in each epoch: see {@link
   * DistributionCheck}.
   */
  @Test
  default void should_draw_classes_as_the_formula_says() {
    if (!drawsWithReplacement()) {
      return;
    }
    TestSeed.run(
        streams -> {
          List<DistributionCheck.Law> laws = new ArrayList<>();
          for (int e = 0; e < EPOCHS; e++) {
            int epoch = e;
            laws.add(
                new DistributionCheck.Law(
                    "epoch " + epoch,
                    bind(streams).classProbabilities(epoch),
                    stream -> drawnClasses(stream, epoch)));
          }
          DistributionCheck.assertFollows(streams, laws);
        });
  }

  /** What was learned survives a checkpoint, to the bit. */
  @Test
  default void should_keep_what_it_learned_exactly() {
    TestSeed.run(
        streams -> {
          if (!(bind(streams) instanceof LearnedSampler sampler)) {
            return;
          }
          train(sampler);
          double[] written = sampler.state();
          LearnedSampler restored = (LearnedSampler) bind(streams);
          restored.restore(written.clone());

          assertThat(restored.state()).isEqualTo(written);
          assertThat(restored.classRates()).isEqualTo(sampler.classRates());
          assertThat(draw(restored, 1)).usingRecursiveComparison().isEqualTo(draw(sampler, 1));
        });
  }

  private EpochSampler bind(RandomStreams streams) {
    return spec().bind(context(streams, OptionalInt.empty()));
  }

  private SamplingContext context(RandomStreams streams, OptionalInt steps) {
    return new SamplingContext(index(), 32, EPOCHS, steps, streams);
  }

  private long[] drawnClasses(RandomStreams streams, int epoch) {
    // Enough draws that the rarest class is expected a few dozen times.
    EpochSampler sampler = spec().bind(context(streams, OptionalInt.of(200)));
    LabelIndex index = index();
    long[] counts = new long[index.classes()];
    for (int example : flat(draw(sampler, epoch))) {
      for (int label : index.labelsOf(example)) {
        counts[label]++;
      }
    }
    return counts;
  }

  private static List<int[]> draw(EpochSampler sampler, int epoch) {
    List<int[]> batches = new ArrayList<>();
    sampler.batches(epoch).forEachRemaining(batches::add);
    return batches;
  }

  private static int[] flat(List<int[]> batches) {
    return batches.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
