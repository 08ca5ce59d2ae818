package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LogitGradient;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.junit.jupiter.api.Test;

/**
 * What every loss keeps to.
 *
 * <p>A test class implements {@link #spec} and {@link #expectedTypeName} and overrides a hook where
 * its loss takes other targets or statistics. A DJL engine must be on the test class path.
 */
public interface LossContract extends SpecContract<LossSpec> {

  /** The classes that the contract works with. */
  int CLASSES = 5;

  /**
   * Returns the statistics to bind to.
   *
   * @param counts {@value #CLASSES} counts, each &gt;= 1
   * @return by default those of a split with one label an example
   */
  default TrainStatistics statistics(long... counts) {
    return TrainStatistics.of(ClassCounts.of(counts));
  }

  /**
   * Draws targets that the loss takes.
   *
   * @param logits (N, {@value #CLASSES}); gives manager and dtype
   * @param random where to draw from
   * @return by default one class an example
   */
  default Targets targets(NDArray logits, RandomGenerator random) {
    long[] ids = new long[(int) logits.getShape().get(0)];
    Arrays.setAll(ids, i -> random.nextInt(CLASSES));
    return new Targets.ClassIds(logits.getManager().create(ids));
  }

  /**
   * Makes a loss's input.
   *
   * @param logits (N, {@value #CLASSES})
   * @param targets as {@link #targets} made them, or reordered
   * @return by default logits and targets alone
   */
  default LossInput input(NDArray logits, Targets targets) {
    return LossInput.of(logits, targets);
  }

  /**
   * Returns the spec for classes in another order, for a spec with a hyperparameter a class.
   *
   * @param order {@code order[j]} is the old id of the class whose new id is j
   * @return by default the same spec
   */
  default LossSpec specForClassOrder(int[] order) {
    return spec();
  }

  /**
   * Returns the loss that this one equals where all classes have the same count.
   *
   * @return by default none
   */
  default Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.empty();
  }

  /**
   * Computes the values of a batch from what the loss says of the classes, and from nothing else of
   * the loss.
   *
   * <p>By default the numbers called {@code temperature}, {@code logitShift}, {@code margin},
   * {@code scale} and {@code labelSmoothing} are understood: cross-entropy of the softmax of {@code
   * scale (z / temperature + logitShift - margin of the label)}, smoothed as the label's class
   * says. A loss that explains itself by other numbers overrides this.
   *
   * @param in the batch
   * @param classes what the loss says of each class
   * @return one value an example, or what the value of the batch is the mean of; by default empty
   *     if there are other numbers, or other targets than one class an example
   */
  default Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    return ExplainedSoftmax.values(in, classes);
  }

  /** Values and gradients stay finite at logits of +-500 and counts from 1 to a million. */
  @Test
  default void should_be_finite_if_logits_and_counts_are_extreme() {
    TestSeed.run(
        streams -> {
          BoundLoss loss = spec().bind(statistics(longTail()));
          for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            try (NDManager manager = NDManager.newBaseManager()) {
              RandomGenerator random = streams.stream("extreme");
              double[] values =
                  random.ints(40L * CLASSES, -1, 2).mapToDouble(i -> i * 500).toArray();
              NDArray logits = array(manager, values, type);
              Targets targets = targets(logits, random);

              NDArray value = Losses.evaluate(loss, input(logits, targets));
              double[] gradient =
                  GradientCheck.autograd(
                      logits, z -> Losses.evaluate(loss, input(z, targets)).sum());

              assertThat(Numbers.of(value)).as("values in %s", type).satisfies(Losses::allFinite);
              assertThat(gradient).as("gradient in %s", type).satisfies(Losses::allFinite);
            }
          }
        });
  }

  /** The engine's gradient is what finite differences say. */
  @Test
  default void should_have_the_gradient_of_finite_differences() {
    onRandomBatch(
        (loss, in, random) -> {
          // One random factor an example, so that no row's error can hide in another's.
          NDArray factors = gaussian(in.logits().getManager(), random, new Shape(rows(in)));
          GradientCheck.assertGradient(
              spec().typeName(),
              in.logits(),
              z -> Losses.evaluate(loss, input(z, in.targets())).mul(factors).sum());
        });
  }

  /**
   * The gradient needs no memory that a garbage collection before the backward pass may free, as
   * that of DJL's {@code mul(Number)} does.
   */
  @Test
  default void should_have_the_same_gradient_if_garbage_is_collected_before() {
    onRandomBatch(
        (loss, in, random) -> {
          UnaryOperator<NDArray> sum = z -> Losses.evaluate(loss, input(z, in.targets())).sum();

          assertThat(Garbage.gradientAfterwards(in.logits(), sum))
              .isEqualTo(GradientCheck.autograd(in.logits(), sum));
        });
  }

  /** A closed-form gradient is the engine's. */
  @Test
  default void should_have_the_closed_form_gradient_of_autograd() {
    onRandomBatch(
        (loss, in, random) -> {
          if (loss instanceof LogitGradient closed) {
            double[] automatic =
                GradientCheck.autograd(
                    in.logits(), z -> Losses.evaluate(loss, input(z, in.targets())).sum());

            NDArray gradient = closed.logitGradient(in);

            assertThat(gradient.getShape()).isEqualTo(in.logits().getShape());
            assertThat(Numbers.of(gradient)).containsExactly(automatic, within(1e-12));
          }
        });
  }

  /** Class ids are names: another order of the classes gives the same values. */
  @Test
  default void should_be_the_same_if_classes_are_reordered() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("classes");
          Reordering order = Reordering.random(CLASSES, random);
          try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = gaussian(manager, random, new Shape(8, CLASSES));
            Targets targets = targets(logits, random);
            BoundLoss loss = spec().bind(statistics(longTail()));
            BoundLoss reordered =
                specForClassOrder(order.order().clone()).bind(statistics(order.of(longTail())));

            double[] values = Numbers.of(Losses.evaluate(loss, input(logits, targets)));
            LossInput other = input(order.columns(logits), order.classes(targets));

            assertThat(Numbers.of(Losses.evaluate(reordered, other)))
                .containsExactly(values, within(1e-10));
          }
        });
  }

  /** Another order of the examples reorders the values. */
  @Test
  default void should_follow_if_examples_are_reordered() {
    onRandomBatch(
        (loss, in, random) -> {
          Reordering order = Reordering.random((int) rows(in), random);
          double[] values = Numbers.of(Losses.evaluate(loss, in));

          LossInput other = input(order.rows(in.logits()), order.rows(in.targets()));

          assertThat(Numbers.of(Losses.evaluate(loss, other)))
              .containsExactly(
                  loss instanceof PerExampleLoss ? order.of(values) : values, within(1e-10));
        });
  }

  /** The shape says what kind of loss it is; dtype and manager are those of the logits. */
  @Test
  default void should_return_the_shape_and_dtype_promised() {
    TestSeed.run(
        streams -> {
          BoundLoss loss = spec().bind(statistics(longTail()));
          for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            try (NDManager manager = NDManager.newBaseManager()) {
              RandomGenerator random = streams.stream("shape");
              NDArray logits = gaussian(manager, random, new Shape(3, CLASSES)).toType(type, false);
              NDArray value = Losses.evaluate(loss, input(logits, targets(logits, random)));

              assertThat(value.getShape())
                  .isEqualTo(loss instanceof PerExampleLoss ? new Shape(3) : new Shape());
              assertThat(value.getDataType()).isEqualTo(type);
            }
          }
        });
  }

  /** Nothing that goes in is written to. */
  @Test
  default void should_leave_its_inputs_as_they_are() {
    onRandomBatch(
        (loss, in, random) -> {
          List<double[]> before = Losses.contents(in);

          Losses.evaluate(loss, in);
          if (loss instanceof LogitGradient closed) {
            closed.logitGradient(in);
          }

          assertThat(Losses.contents(in)).usingRecursiveComparison().isEqualTo(before);
        });
  }

  /** Results live where the logits live; closing their manager frees all that was made. */
  @Test
  default void should_leave_nothing_behind_in_a_parent_manager() {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("managers");
          BoundLoss loss = spec().bind(statistics(longTail()));
          try (NDManager parent = NDManager.newBaseManager()) {
            try (NDManager step = parent.newSubManager();
                NDManager elsewhere = parent.newSubManager()) {
              NDArray logits = gaussian(step, random, new Shape(4, CLASSES));
              // A result follows its first operand, which must not be the targets.
              Targets targets = targets(gaussian(elsewhere, random, new Shape(4, CLASSES)), random);

              NDArray value = Losses.evaluate(loss, input(logits, targets));

              assertThat(value.getManager().getName()).isEqualTo(step.getName());
              if (loss instanceof LogitGradient closed) {
                NDArray gradient = closed.logitGradient(input(logits, targets));
                assertThat(gradient.getManager().getName()).isEqualTo(step.getName());
              }
            }
            assertThat(parent.getManagedArrays()).isEmpty();
          }
        });
  }

  /** What the loss does to a class can be said, for each class. */
  @Test
  default void should_explain_every_class() {
    BoundLoss loss = spec().bind(statistics(longTail()));
    for (int c = 0; c < CLASSES; c++) {
      Explanation explanation = loss.explain(c);

      assertThat(explanation.classId()).isEqualTo(c);
      assertThat(explanation.summary()).isNotBlank();
      assertThat(explanation.numbers().values()).doesNotContain(Double.NaN);
    }
  }

  /** What is said of a class is what is done to it. */
  @Test
  default void should_do_to_a_class_what_it_explains() {
    onRandomBatch(
        (loss, in, random) -> {
          valuesExplained(in, explanations(loss))
              .map(values -> loss instanceof PerExampleLoss ? values : mean(values))
              .ifPresent(
                  expected ->
                      assertThat(Numbers.of(Losses.evaluate(loss, in)))
                          .containsExactly(expected, within(1e-9)));
        });
  }

  private static double[] mean(double[] values) {
    return new double[] {Arrays.stream(values).average().orElseThrow()};
  }

  /** What the loss says that it needs it needs, and nothing else. */
  @Test
  default void should_need_what_it_says() {
    onRandomBatch(
        (loss, in, random) -> {
          boolean wider = in.classes() > CLASSES;
          assertThat(wider).isEqualTo(loss.needs().contains(LossNeed.MORE_COLUMNS));
          assertNeeds(
              loss,
              LossNeed.TEACHER,
              new LossInput(
                  in.logits(),
                  in.targets(),
                  in.objectness(),
                  in.features(),
                  Optional.empty(),
                  in.random()));
          if (in.targets() instanceof Targets.ClassIds) {
            assertNeeds(
                loss,
                LossNeed.OBJECTNESS,
                new LossInput(
                    in.logits(),
                    in.targets(),
                    Optional.empty(),
                    in.features(),
                    in.teacher(),
                    in.random()));
          }
        });
  }

  private static void assertNeeds(BoundLoss loss, LossNeed need, LossInput without) {
    if (loss.needs().contains(need)) {
      assertThatThrownBy(() -> Losses.evaluate(loss, without))
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThatCode(() -> Losses.evaluate(loss, without)).doesNotThrowAnyException();
    }
  }

  /** What is said of a class goes with the class, and not with its id. */
  @Test
  default void should_explain_the_same_if_classes_are_reordered() {
    TestSeed.run(
        streams -> {
          Reordering order = Reordering.random(CLASSES, streams.stream("explained"));
          BoundLoss loss = spec().bind(statistics(longTail()));
          BoundLoss reordered =
              specForClassOrder(order.order().clone()).bind(statistics(order.of(longTail())));
          for (int c = 0; c < CLASSES; c++) {
            assertThat(Losses.numbers(reordered.explain(c)))
                .as("of class %d, which was %d", c, order.order()[c])
                .isEqualTo(Losses.numbers(loss.explain(order.order()[c])));
          }
        });
  }

  /** Counts that change the values change what is said. */
  @Test
  default void should_explain_what_counts_change() {
    onRandomBatch(
        (loss, in, random) -> {
          BoundLoss other = spec().bind(statistics(1_000_000, 1, 31, 1_000, 31_622));
          boolean sameValues =
              Arrays.equals(
                  Numbers.of(Losses.evaluate(loss, in)),
                  Numbers.of(Losses.evaluate(other, input(in.logits(), in.targets()))));

          if (!sameValues) {
            assertThat(explanations(other))
                .extracting(Explanation::numbers)
                .as("explained with other counts, under which the values are others")
                .isNotEqualTo(explanations(loss).stream().map(Explanation::numbers).toList());
          }
        });
  }

  /** A class without training examples is refused by name, or handled. */
  @Test
  default void should_refuse_an_empty_class_by_name_or_stay_finite() {
    onRandomBatch(
        (ignored, in, random) -> {
          BoundLoss loss;
          try {
            loss = spec().bind(statistics(10, 0, 1_000, 20, 5));
          } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("class 1");
            return;
          }
          double[] gradient =
              GradientCheck.autograd(
                  in.logits(), z -> Losses.evaluate(loss, input(z, in.targets())).sum());

          assertThat(Numbers.of(Losses.evaluate(loss, in))).satisfies(Losses::allFinite);
          assertThat(gradient).satisfies(Losses::allFinite);
          assertThat(loss.explain(1).numbers().values()).allMatch(Double::isFinite);
        });
  }

  /** What it says of shift and scale is one finite number a class, and no correction of nothing. */
  @Test
  default void should_correct_no_prior_if_all_classes_are_equally_frequent() {
    long[] uniform = new long[CLASSES];
    Arrays.fill(uniform, 20);
    for (long[] counts : List.of(longTail(), uniform)) {
      BoundLoss loss = spec().bind(statistics(counts));
      double[] shift = loss.logitShift().map(ClassVector::toArray).orElse(new double[CLASSES]);

      assertThat(shift).hasSize(CLASSES);
      assertThat(Arrays.stream(shift).allMatch(Double::isFinite)).isTrue();
      assertThat(loss.logitScale()).isPositive().isFinite();
      if (counts == uniform) {
        assertThat(Arrays.stream(shift).max().orElseThrow())
            .isEqualTo(Arrays.stream(shift).min().orElseThrow(), within(1e-12));
      }
    }
  }

  /** Class weights act linearly, and weights of 1 change nothing. */
  @Test
  default void should_be_linear_in_class_weights() {
    onRandomBatch(
        (loss, in, random) -> {
          if (!(loss instanceof PerExampleLoss perExample)
              || in.targets() instanceof Targets.MultiHot) {
            return;
          }
          NDManager manager = in.logits().getManager();
          NDArray one = manager.ones(new Shape(CLASSES), DataType.FLOAT64);
          NDArray a = gaussian(manager, random, new Shape(CLASSES)).abs();
          NDArray b = gaussian(manager, random, new Shape(CLASSES)).abs();

          NDArray unweighted = perExample.perExample(in);
          // Halfway, because background keeps the weight 1 whatever the class weights are.
          NDArray halfway = perExample.perExample(in, a).add(perExample.perExample(in, b)).div(2);

          assertThat(Numbers.of(perExample.perExample(in, one)))
              .containsExactly(Numbers.of(unweighted), within(1e-12));
          assertThat(Numbers.of(perExample.perExample(in, a.add(b).div(2))))
              .containsExactly(Numbers.of(halfway), within(1e-9));
        });
  }

  /** Mixed targets are taken apart by the objective; a loss that sees them says so. */
  @Test
  default void should_refuse_mixed_targets() {
    onRandomBatch(
        (loss, in, random) -> {
          Targets mixed = new Targets.Mixed(in.targets(), in.targets(), 0.5);

          assertThatThrownBy(() -> Losses.evaluate(loss, in.withTargets(mixed)))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessageContaining(spec().typeName())
              .hasMessageContaining("Mixed");
        });
  }

  /** Under uniform counts, the loss is the one that {@link #equalUnderUniformCounts} names. */
  @Test
  default void should_equal_its_limit_if_counts_are_uniform() {
    equalUnderUniformCounts()
        .ifPresent(
            limit ->
                onRandomBatch(
                    (ignored, in, random) -> {
                      TrainStatistics uniform = statistics(7, 7, 7, 7, 7);

                      NDArray value = Losses.evaluate(spec().bind(uniform), in);
                      NDArray expected = Losses.evaluate(limit.bind(uniform), in);

                      assertThat(Numbers.of(value))
                          .containsExactly(Numbers.of(expected), within(1e-12));
                    }));
  }

  /** Evaluating leaves the state alone; writing it down and reading it back loses no bit. */
  @Test
  default void should_keep_its_state_exactly() {
    onRandomBatch(
        (loss, in, random) -> {
          if (loss instanceof StatefulLoss<?> stateful) {
            Losses.checkState(stateful, in);
          }
        });
  }

  private static List<Explanation> explanations(BoundLoss loss) {
    return IntStream.range(0, CLASSES).mapToObj(loss::explain).toList();
  }

  private static long[] longTail() {
    return new long[] {1, 31, 1_000, 31_622, 1_000_000};
  }

  private static long rows(LossInput in) {
    return in.logits().getShape().get(0);
  }

  private static NDArray gaussian(NDManager manager, RandomGenerator random, Shape shape) {
    double[] values = random.doubles(shape.size()).map(u -> 2 * random.nextGaussian()).toArray();
    return manager.create(values, shape);
  }

  private static NDArray array(NDManager manager, double[] values, DataType type) {
    Shape shape = new Shape(values.length / CLASSES, CLASSES);
    return manager.create(values, shape).toType(type, false);
  }

  private void onRandomBatch(Losses.BatchTest test) {
    TestSeed.run(
        streams -> {
          RandomGenerator random = streams.stream("batch");
          BoundLoss loss = spec().bind(statistics(longTail()));
          try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = gaussian(manager, random, new Shape(6, CLASSES));
            test.run(loss, input(logits, targets(logits, random)), random);
          }
        });
  }
}
