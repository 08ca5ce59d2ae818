package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any number of labels an example: losses of one sigmoid a class take them, others refuse. */
class MultiHotTargetsTest {

  // Distillation does not look at labels.
  private static final Set<String> TAKERS =
      Set.of(
          "balanced-sigmoid", "eql-v1", "eqlv2", "federated", "focal-sigmoid", "kl-distillation");
  // Output columns beside those of the classes.
  private static final Map<String, Integer> MORE_COLUMNS =
      Map.of("bags", 4, "eqlv2", 1, "region-loss", 1);

  // Rows of no label, of two, of all and of one.
  private static final double[][] LABELS = {
    {0, 0, 0, 0}, {1, 1, 0, 0}, {1, 1, 1, 1}, {0, 0, 1, 0}, {1, 0, 0, 1}, {0, 1, 1, 0}, {0, 0, 0, 1}
  };
  // Labels of a multi-label set: more than examples, and so without a prior.
  private static final TrainStatistics TRAIN =
      new TrainStatistics(ClassCounts.of(90, 60, 5, 30), Optional.empty(), 100);

  /** What one row and class adds to a loss. */
  @FunctionalInterface
  private interface Term {
    double of(double logit, int classId, boolean positive, boolean rowHasLabels);
  }

  private static Stream<LossSpec> losses() {
    return ServiceLoader.load(LossSpec.class).stream().map(ServiceLoader.Provider::get);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void should_take_multi_hot_targets_or_say_what_it_takes(LossSpec spec) {
    Toy.onBatch(
        toy -> {
          LossInput in = input(toy, spec, multiHot(toy));
          if (TAKERS.contains(spec.typeName())) {
            assertThat(objective(spec).evaluate(in).toDoubleArray()[0]).isFinite();
          } else {
            assertThatThrownBy(() -> objective(spec).evaluate(in))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith(spec.typeName() + ": takes targets of type ClassIds")
                .hasMessageEndingWith(", not MultiHot");
          }
        });
  }

  @Test
  void should_know_all_losses() {
    assertThat(losses().map(LossSpec::typeName)).hasSizeGreaterThan(15).containsAll(TAKERS);
  }

  private static Stream<LossSpec> sigmoids() {
    return Stream.of(
        new BalancedSigmoid(),
        new EqlV1(0.1, 1, CountKind.INSTANCE),
        new Eqlv2(),
        new Federated(),
        new FocalSigmoid(OptionalDouble.of(0.3), 2));
  }

  @ParameterizedTest
  @MethodSource("sigmoids")
  void should_give_the_value_of_class_ids_if_every_row_has_one_label(LossSpec spec) {
    Toy.onBatch(
        toy -> {
          Objective single = objective(spec);
          Objective multiple = objective(spec);
          LossInput ids = input(toy, spec, new Targets.ClassIds(toy.ids()));
          LossInput hot = input(toy, spec, new Targets.MultiHot(toy.oneHot()));
          single.advance(ids);
          multiple.advance(hot);

          assertThat(multiple.evaluate(hot).toDoubleArray())
              .containsExactly(single.evaluate(ids).toDoubleArray(), within(1e-12));
        });
  }

  @Test
  void should_add_up_one_two_class_problem_a_class() {
    Toy.onBatch(
        toy -> {
          assertSum(
              toy,
              new FocalSigmoid(OptionalDouble.empty(), 0),
              (z, c, positive, object) -> Toy.binaryCrossEntropy(z, positive));
          assertSum(
              toy,
              new FocalSigmoid(OptionalDouble.of(0.3), 2),
              (z, c, positive, object) ->
                  (positive ? 0.3 : 0.7)
                      * Math.pow(Toy.sigmoid(positive ? -z : z), 2)
                      * Toy.binaryCrossEntropy(z, positive));
          // The rates are 0.9, 0.6, 0.05 and 0.3.
          double[] odds = {9, 1.5, 0.05 / 0.95, 3.0 / 7};
          assertSum(
              toy,
              new BalancedSigmoid(),
              (z, c, positive, object) -> Toy.binaryCrossEntropy(z + Math.log(odds[c]), positive));
          // Only class 2 is below 0.1; rows with other labels do not push it down.
          assertSum(
              toy,
              new EqlV1(0.1, 1, CountKind.INSTANCE),
              (z, c, positive, object) ->
                  c == 2 && !positive && object ? 0 : Toy.binaryCrossEntropy(z, positive));
          assertSum(
              toy,
              new Federated(),
              (z, c, positive, object) -> Toy.binaryCrossEntropy(z, positive));
        });
  }

  @Test
  void should_take_a_row_without_labels_for_background() {
    Toy.onBatch(
        toy -> {
          Eqlv2 spec = new Eqlv2();
          LossInput regions = input(toy, spec, toy.regions());
          NDArray object = toy.regions().ids().lt(Toy.CLASSES).toType(DataType.FLOAT64, false);
          LossInput hot =
              input(toy, spec, new Targets.MultiHot(toy.oneHot().mul(object.expandDims(1))));
          Objective ofRegions = objective(spec);
          Objective ofLabels = objective(spec);
          ofRegions.advance(regions);
          ofLabels.advance(hot);

          assertThat(ofLabels.evaluate(hot).toDoubleArray())
              .containsExactly(ofRegions.evaluate(regions).toDoubleArray(), within(1e-12));
        });
  }

  @ParameterizedTest
  @MethodSource("sigmoids")
  void should_refuse_labels_of_another_shape(LossSpec spec) {
    Toy.onBatch(
        toy -> {
          NDArray column = toy.manager().zeros(new Shape(Toy.ROWS, 1), DataType.FLOAT64);
          LossInput in = input(toy, spec, new Targets.MultiHot(column));

          assertThatThrownBy(() -> objective(spec).evaluate(in))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  spec.typeName() + ": MultiHot targets have shape (7, 1); expected (7, 4)");
        });
  }

  @Test
  void should_refuse_class_weights_where_no_class_is_the_example_s_own() {
    Toy.onBatch(
        toy -> {
          LossSpec spec = new FocalSigmoid();
          Objective weighted =
              Objective.of(
                  spec.bind(TRAIN), Optional.of(ClassVector.of(1, 2, 3, 4)), Reduction.BATCH_MEAN);

          assertThatThrownBy(() -> weighted.evaluate(input(toy, spec, multiHot(toy))))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessage(
                  "class weighting: targets of type MultiHot have no single class an example to"
                      + " take a weight from");
        });
  }

  private static void assertSum(Toy toy, LossSpec spec, Term term) {
    double expected = 0;
    for (int i = 0; i < Toy.ROWS; i++) {
      boolean object = Arrays.stream(LABELS[i]).sum() > 0;
      for (int c = 0; c < Toy.CLASSES; c++) {
        expected += term.of(toy.logits()[i][c], c, LABELS[i][c] == 1, object) / Toy.ROWS;
      }
    }
    assertThat(objective(spec).evaluate(input(toy, spec, multiHot(toy))).toDoubleArray()[0])
        .as(spec.typeName())
        .isEqualTo(expected, within(1e-8));
  }

  private static Objective objective(LossSpec spec) {
    return Objective.of(spec.bind(TRAIN), Optional.empty(), Reduction.BATCH_MEAN);
  }

  private static Targets multiHot(Toy toy) {
    return new Targets.MultiHot(GoldenLoss.matrix(toy.manager(), LABELS, DataType.FLOAT64));
  }

  /** An input with all that any loss asks for. */
  private static LossInput input(Toy toy, LossSpec spec, Targets targets) {
    NDArray classes = toy.input().logits();
    NDArray logits =
        Wider.withMeans(classes, Toy.CLASSES, MORE_COLUMNS.getOrDefault(spec.typeName(), 0));
    return new LossInput(
        logits,
        targets,
        Wider.withObjectness(classes, targets).objectness(),
        Optional.of(classes),
        Optional.of(new ModelOutputs(Optional.empty(), classes.mul(2), logits.mul(2), Map.of())),
        new SplittableRandom(0));
  }
}
