package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.MetaStep;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A sampler that keeps the contract passes it; each way of breaking it is found. */
class SamplerContractTest implements SamplerContract {

  @Override
  public SamplerSpec spec() {
    return new ToySampler();
  }

  @Override
  public String expectedTypeName() {
    return "toy-sampler";
  }

  @TestFactory
  Stream<DynamicTest> should_find_what_is_broken() {
    return Stream.of(
        broken(
            "one generator for all epochs",
            SamplerContract::should_draw_the_same_if_seed_and_epoch_are_the_same,
            OneGenerator::new),
        broken(
            "the same in every epoch",
            SamplerContract::should_draw_something_else_if_seed_or_epoch_differ,
            SameEpochs::new),
        broken(
            "no seed",
            SamplerContract::should_draw_something_else_if_seed_or_epoch_differ,
            NoSeed::new),
        broken("out of range", SamplerContract::should_fill_its_batches, OutOfRange::new),
        broken("a batch missing", SamplerContract::should_fill_its_batches, OneStepMore::new),
        broken(
            "one array for all batches",
            SamplerContract::should_draw_the_same_if_seed_and_epoch_are_the_same,
            SharedArray::new),
        broken(
            "a cached epoch handed out",
            SamplerContract::should_hand_out_arrays_that_are_the_callers,
            CachedEpoch::new),
        broken(
            "probabilities of something else",
            SamplerContract::should_give_class_probabilities_that_sum_to_one,
            CountsForProbabilities::new),
        broken(
            "biased draws", SamplerContract::should_draw_classes_as_the_formula_says, Biased::new),
        broken(
            "draws too even",
            SamplerContract::should_draw_classes_as_the_formula_says,
            TooEven::new),
        broken("state lost", SamplerContract::should_keep_what_it_learned_exactly, Forgets::new));
  }

  private static DynamicTest broken(
      String name,
      Consumer<SamplerContract> test,
      Function<SamplingContext, EpochSampler> sampler) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          SamplerContract contract = new OfASampler(sampler);
          assertThatThrownBy(() -> test.accept(contract)).isInstanceOf(AssertionError.class);
        });
  }

  private record OfASampler(Function<SamplingContext, EpochSampler> sampler)
      implements SamplerContract {

    @Override
    public SamplerSpec spec() {
      return sampler::apply;
    }

    @Override
    public String expectedTypeName() {
      return "toy-sampler";
    }

    @Override
    public void train(LearnedSampler learned) {
      learned.update(null);
    }
  }

  private static final class OneGenerator extends ToySampler.Bound {
    private final RandomGenerator random;

    OneGenerator(SamplingContext context) {
      super(context);
      random = context.random().stream("sampler");
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return fill(random);
    }
  }

  private static final class SameEpochs extends ToySampler.Bound {
    SameEpochs(SamplingContext context) {
      super(context);
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return super.batches(0);
    }
  }

  private static final class NoSeed extends ToySampler.Bound {
    NoSeed(SamplingContext context) {
      super(context);
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return fill(new SplittableRandom(epoch));
    }
  }

  private static final class OutOfRange extends ToySampler.Bound {
    OutOfRange(SamplingContext context) {
      super(context);
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return fill(draw -> draw == 7 ? context.index().examples() : 0);
    }
  }

  private static final class OneStepMore extends ToySampler.Bound {
    OneStepMore(SamplingContext context) {
      super(context);
    }

    @Override
    public int steps(int epoch) {
      return super.steps(epoch) + 1;
    }
  }

  private static final class SharedArray extends ToySampler.Bound {
    private final int[] shared;

    SharedArray(SamplingContext context) {
      super(context);
      shared = new int[context.batchSize()];
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      Iterator<int[]> inner = super.batches(epoch);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return inner.hasNext();
        }

        @Override
        public int[] next() {
          int[] batch = inner.next();
          System.arraycopy(batch, 0, shared, 0, batch.length);
          return shared;
        }
      };
    }
  }

  private static final class CachedEpoch extends ToySampler.Bound {
    private final int[][] cached;

    CachedEpoch(SamplingContext context) {
      super(context);
      cached = new int[context.steps()][];
      int[] at = {0};
      super.batches(0).forEachRemaining(batch -> cached[at[0]++] = batch);
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return epoch == 0 ? Arrays.asList(cached).iterator() : super.batches(epoch);
    }
  }

  private static final class CountsForProbabilities extends ToySampler.Bound {
    CountsForProbabilities(SamplingContext context) {
      super(context);
    }

    @Override
    public double[] classProbabilities(int epoch) {
      double[] probabilities = super.classProbabilities(epoch);
      return Arrays.stream(probabilities).map(p -> p * 0.999).toArray();
    }
  }

  private static final class Biased extends ToySampler.Bound {
    Biased(SamplingContext context) {
      super(context);
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      RandomGenerator random = context.random().stream("sampler/epoch=" + epoch);
      int examples = context.index().examples();
      // The smaller of two in one draw of ten.
      return fill(
          draw -> {
            int first = random.nextInt(examples);
            return draw % 10 == 0 ? Math.min(first, random.nextInt(examples)) : first;
          });
    }
  }

  private static final class TooEven extends ToySampler.Bound {
    TooEven(SamplingContext context) {
      super(context);
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      int examples = context.index().examples();
      int first = context.random().stream("sampler/epoch=" + epoch).nextInt(examples);
      return fill(draw -> (first + draw) % examples);
    }
  }

  private static final class Forgets implements LearnedSampler {
    private final ToySampler.Bound draws;
    private double rate = 1;

    Forgets(SamplingContext context) {
      draws = new ToySampler.Bound(context);
    }

    @Override
    public Iterator<int[]> batches(int epoch) {
      return draws.batches(epoch);
    }

    @Override
    public int steps(int epoch) {
      return draws.steps(epoch);
    }

    @Override
    public double[] classProbabilities(int epoch) {
      return draws.classProbabilities(epoch);
    }

    @Override
    public void update(MetaStep step) {
      rate += 0.1;
    }

    @Override
    public double[] classRates() {
      return new double[] {rate};
    }

    @Override
    public double[] state() {
      return new double[0];
    }

    @Override
    public void restore(double[] saved) {}
  }
}
