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
import java.util.random.RandomGenerator;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SeesawTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new Seesaw();
  }

  @Override
  public String expectedTypeName() {
    return "seesaw";
  }

  /** Finite differences would see the compensation change, which the loss holds constant. */
  @Override
  @Test
  public void should_have_the_gradient_of_finite_differences() {
    Toy.onBatch(
        toy -> {
          Seesaw.Bound loss = bind(toy, new Seesaw());
          LossInput in = toy.input();
          double[] got =
              GradientCheck.autograd(
                  in.logits(),
                  z ->
                      loss.evaluate(
                          loss.initial(), LossInput.of(z, new Targets.ClassIds(toy.ids()))));

          double[] seen = new double[Toy.CLASSES + 1];
          for (long label : toy.labels()) {
            seen[(int) label]++;
          }
          for (int i = 0; i < Toy.ROWS; i++) {
            for (int j = 0; j < Toy.CLASSES; j++) {
              double share = share(toy, i, toy.label(i), j, seen);
              double expected = (share - (j == toy.label(i) ? 1 : 0)) / Toy.ROWS;
              assertThat(got[i * Toy.CLASSES + j]).isEqualTo(expected, within(1e-10));
            }
          }
        });
  }

  /** The contract for a classifier, with finite differences. */
  @Nested
  class WithoutCompensation implements LossContract {

    @Override
    public LossSpec spec() {
      return new Seesaw(0.8, 0, 0.01, OptionalDouble.empty());
    }

    @Override
    public String expectedTypeName() {
      return "seesaw";
    }
  }

  /** The contract for a detector. */
  @Nested
  class WithRegions implements LossContract {

    @Override
    public LossSpec spec() {
      return new Seesaw(0.8, 0, 0.01, OptionalDouble.of(3));
    }

    @Override
    public String expectedTypeName() {
      return "seesaw";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }

    @Override
    public LossInput input(NDArray logits, Targets targets) {
      return Wider.withObjectness(logits, targets);
    }
  }

  @Test
  void should_equal_its_definition_over_several_steps() {
    Toy.onBatch(
        toy -> {
          Targets.Regions regions = toy.regions();
          LossInput in = Wider.withObjectness(toy.input().logits(), regions);
          double[] objectness = in.objectness().orElseThrow().toDoubleArray();
          long[] labels = regions.ids().toLongArray();
          Objective objective = objective(toy, new Seesaw());
          double[] seen = new double[Toy.CLASSES + 1];

          for (int step = 0; step < 3; step++) {
            double ofClasses = 0;
            double ofBranch = 0;
            int objects = 0;
            for (long label : labels) {
              seen[(int) label]++;
            }
            for (int i = 0; i < Toy.ROWS; i++) {
              double foreground = 1 / (1 + Math.exp(objectness[2 * i + 1] - objectness[2 * i]));
              boolean background = labels[i] == Toy.CLASSES;
              ofBranch += -Math.log(background ? 1 - foreground : foreground);
              if (!background) {
                objects++;
                ofClasses += -Math.log(share(toy, i, (int) labels[i], (int) labels[i], seen));
              }
            }
            double expected = ofClasses / Math.max(1, objects) + ofBranch / Toy.ROWS;

            assertThat(objective.evaluate(in).toDoubleArray()[0])
                .as("step %d", step)
                .isEqualTo(expected, within(1e-8));
            objective.advance(in);
          }
          assertThat(objective.state()).isEqualTo(seen);
        });
  }

  /** The probability of a class under the rebalanced softmax of a row, as the textbook has it. */
  private static double share(Toy toy, int row, int label, int of, double[] seen) {
    double[] p = toy.softmax(row, new double[Toy.CLASSES]);
    double[] terms = new double[Toy.CLASSES];
    for (int j = 0; j < Toy.CLASSES; j++) {
      terms[j] = Math.exp(toy.logits()[row][j]);
      if (j != label) {
        double mitigation = Math.max(1, seen[j]) / Math.max(1, seen[label]);
        double compensation = p[j] / Math.max(p[label], 0.01);
        terms[j] *= mitigation < 1 ? Math.pow(mitigation, 0.8) : 1;
        terms[j] *= compensation > 1 ? Math.pow(compensation, 2) : 1;
      }
    }
    return terms[of] / Arrays.stream(terms).sum();
  }

  @Test
  void should_stay_finite_if_a_million_were_seen_and_logits_are_extreme() {
    Toy.onBatch(
        toy -> {
          Seesaw.Bound loss = bind(toy, new Seesaw());
          Seesaw.Seen state = loss.decode(new double[] {1e6, 1, 0, 1e3, 1e7});
          NDArray extreme = toy.input().logits().sign().mul(500).toType(DataType.FLOAT32, false);
          NDArray ids = toy.ids();

          double[] gradient =
              GradientCheck.autograd(
                  extreme, z -> loss.evaluate(state, LossInput.of(z, new Targets.ClassIds(ids))));

          for (double g : gradient) {
            assertThat(g).isFinite();
          }
          assertThat(
                  loss.evaluate(state, LossInput.of(extreme, new Targets.ClassIds(ids)))
                      .toFloatArray()[0])
              .isFinite();
        });
  }

  @Test
  void should_be_cross_entropy_if_nothing_was_seen_and_nothing_is_compensated() {
    Toy.onBatch(
        toy -> {
          Objective objective = objective(toy, new Seesaw(0, 0, 0.01, OptionalDouble.empty()));
          double[] plain = toy.evaluate(new CrossEntropy());

          double mean = 0;
          for (double l : plain) {
            mean += l / plain.length;
          }
          assertThat(objective.evaluate(toy.input()).toDoubleArray()[0])
              .isEqualTo(mean, within(1e-12));
        });
  }

  @Test
  void should_have_no_class_value_if_all_is_background() {
    Toy.onBatch(
        toy -> {
          NDArray background = toy.manager().full(new Shape(Toy.ROWS), Toy.CLASSES, DataType.INT64);
          LossInput in =
              Wider.withObjectness(
                  toy.input().logits(), new Targets.Regions(background, Toy.CLASSES));
          Seesaw.Bound loss = bind(toy, new Seesaw());

          assertThat(loss.classValue(loss.initial(), in).toDoubleArray()[0]).isZero();
          assertThat(loss.evaluate(loss.initial(), in).toDoubleArray()[0]).isPositive();
        });
  }

  @Test
  void should_refuse_regions_without_an_objectness_branch() {
    Toy.onBatch(
        toy -> {
          LossInput without = toy.input().withTargets(toy.regions());
          assertThatThrownBy(() -> objective(toy, new Seesaw()).evaluate(without))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("seesaw: regions need objectness logits (N, 2)");
          LossInput narrow =
              new LossInput(
                  without.logits(),
                  without.targets(),
                  Optional.of(without.logits()),
                  Optional.empty(),
                  Optional.empty(),
                  without.random());
          assertThatThrownBy(() -> objective(toy, new Seesaw()).evaluate(narrow))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("seesaw: objectness logits have shape (7, 4); expected (7, 2)");
        });
  }

  @Test
  void should_refuse_regions_and_states_of_other_classes() {
    Toy.onBatch(
        toy -> {
          LossInput other = toy.input().withTargets(new Targets.Regions(toy.ids(), 9));
          assertThatThrownBy(() -> objective(toy, new Seesaw()).evaluate(other))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "seesaw: the targets are regions of 9 classes, but the loss was bound to counts"
                      + " of 4");
          assertThatThrownBy(() -> objective(toy, new Seesaw()).restore(new double[4]))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("seesaw: a state of 4 classes has 5 counts, this one has 4");
        });
  }

  @Test
  void should_say_to_which_powers_it_mitigates_and_compensates() {
    Toy.onBatch(
        toy ->
            assertThat(bind(toy, new Seesaw(0.7, 3, 0.01, OptionalDouble.empty())).explain(1))
                .extracting(Explanation::numbers)
                .isEqualTo(Map.of("mitigationPower", 0.7, "compensationPower", 3.0)));
  }

  @Test
  void should_refuse_hyperparameters_out_of_range() {
    assertThatThrownBy(() -> new Seesaw(-1, 2, 0.01, OptionalDouble.empty()))
        .hasMessage("p: must be >= 0 and finite, was -1.0");
    assertThatThrownBy(() -> new Seesaw(1, Double.NaN, 0.01, OptionalDouble.empty()))
        .hasMessage("q: must be >= 0 and finite, was NaN");
    assertThatThrownBy(() -> new Seesaw(1, 2, 0, OptionalDouble.empty()))
        .hasMessage("epsilon: must be in (0, 1], was 0.0");
    assertThatThrownBy(() -> new Seesaw(1, 2, 0.01, OptionalDouble.of(0)))
        .hasMessage("averageFactor: must be > 0 and finite, was 0.0");
  }

  private static Seesaw.Bound bind(Toy toy, Seesaw spec) {
    return (Seesaw.Bound) spec.bind(TrainStatistics.of(toy.counts()));
  }

  private static Objective objective(Toy toy, Seesaw spec) {
    return Objective.of(bind(toy, spec), Optional.empty(), Reduction.BATCH_MEAN);
  }
}
