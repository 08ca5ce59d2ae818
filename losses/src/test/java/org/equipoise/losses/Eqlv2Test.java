package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
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

class Eqlv2Test implements LossContract {

  @Override
  public LossSpec spec() {
    return new Eqlv2();
  }

  @Override
  public String expectedTypeName() {
    return "eqlv2";
  }

  @Override
  public LossInput input(NDArray logits, Targets targets) {
    return LossInput.of(Wider.withMeans(logits, CLASSES, 1), targets);
  }

  /** The contract with regions of a detector. */
  @Nested
  class WithRegions implements LossContract {

    @Override
    public LossSpec spec() {
      return new Eqlv2();
    }

    @Override
    public String expectedTypeName() {
      return "eqlv2";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }

    @Override
    public LossInput input(NDArray logits, Targets targets) {
      return LossInput.of(Wider.withMeans(logits, CLASSES, 1), targets);
    }
  }

  /** The contract with any number of labels an example. */
  @Nested
  class WithMultiHotTargets implements LossContract {

    @Override
    public LossSpec spec() {
      return new Eqlv2();
    }

    @Override
    public String expectedTypeName() {
      return "eqlv2";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.multiHot(logits, random);
    }

    @Override
    public LossInput input(NDArray logits, Targets targets) {
      return LossInput.of(Wider.withMeans(logits, CLASSES, 1), targets);
    }
  }

  @Test
  void should_weight_by_the_gradients_of_the_steps_before() {
    Toy.onBatch(
        toy -> {
          Objective objective = objective(toy);
          LossInput in =
              LossInput.of(Wider.withMeans(toy.input().logits(), Toy.CLASSES, 1), toy.regions());
          int width = Toy.CLASSES + 1;
          double[] positive = new double[width];
          double[] negative = new double[width];
          long[] labels = toy.regions().ids().toLongArray();
          double[] logits = in.logits().toDoubleArray();

          for (int step = 0; step < 3; step++) {
            double expected = 0;
            double[] up = new double[width];
            double[] down = new double[width];
            for (int i = 0; i < Toy.ROWS; i++) {
              for (int j = 0; j < width; j++) {
                double ratio = step == 0 ? 100 : positive[j] / (negative[j] + 1e-10);
                double m = j == Toy.CLASSES ? 1 : Toy.sigmoid(12 * (ratio - 0.8));
                double z = logits[i * width + j];
                boolean is = labels[i] == j;
                double weight = is ? 1 + 4 * (1 - m) : m;
                expected += weight * Toy.binaryCrossEntropy(z, is) / Toy.ROWS;
                up[j] += is ? weight * (1 - Toy.sigmoid(z)) : 0;
                down[j] += is ? 0 : weight * Toy.sigmoid(z);
              }
            }
            assertThat(objective.evaluate(in).toDoubleArray()[0])
                .as("step %d", step)
                .isEqualTo(expected, within(1e-8));
            objective.advance(in);
            for (int j = 0; j < width; j++) {
              positive[j] += up[j];
              negative[j] += down[j];
            }
          }
        });
  }

  @Test
  void should_go_on_as_if_undisturbed_if_restored() {
    Toy.onBatch(
        toy -> {
          LossInput in =
              LossInput.of(Wider.withMeans(toy.input().logits(), Toy.CLASSES, 1), toy.regions());
          Objective whole = objective(toy);
          whole.advance(in);
          whole.advance(in);
          Objective restored = objective(toy);
          restored.restore(whole.state());
          Objective fresh = objective(toy);
          fresh.restore(objective(toy).state());

          whole.advance(in);
          restored.advance(in);

          assertThat(restored.state()).isEqualTo(whole.state());
          assertThat(restored.evaluate(in).toDoubleArray())
              .isEqualTo(whole.evaluate(in).toDoubleArray());
          // The state before the first step is written down as such, too.
          assertThat(fresh.evaluate(in).toDoubleArray())
              .isEqualTo(objective(toy).evaluate(in).toDoubleArray());
        });
  }

  @Test
  void should_stay_finite_if_a_class_was_only_ever_pushed_one_way() {
    Toy.onBatch(
        toy -> {
          Eqlv2.Bound loss = (Eqlv2.Bound) new Eqlv2().bind(TrainStatistics.of(toy.counts()));
          // Ratios of 0 / 0, 0 / 1e6, 1e6 / 0 and 1.
          Eqlv2.Gradients state = loss.decode(new double[] {0, 0, 0, 1e6, 1, 0, 1e6, 0, 1});
          NDArray extreme =
              Wider.withMeans(toy.input().logits().sign().mul(500), Toy.CLASSES, 1)
                  .toType(DataType.FLOAT32, false);

          double[] gradient =
              GradientCheck.autograd(
                  extreme, z -> loss.evaluate(state, LossInput.of(z, toy.regions())));

          for (double g : gradient) {
            assertThat(g).isFinite();
          }
          for (double number :
              loss.encode(loss.advance(state, LossInput.of(extreme, toy.regions())))) {
            assertThat(number).isFinite();
          }
          assertThat(loss.negativeWeights(state).toArray())
              .containsExactly(
                  new double[] {Toy.sigmoid(-9.6), Toy.sigmoid(-9.6), 1, Toy.sigmoid(2.4), 1},
                  within(1e-8));
        });
  }

  @Test
  void should_refuse_a_state_and_logits_of_other_sizes() {
    Toy.onBatch(
        toy -> {
          assertThatThrownBy(() -> objective(toy).restore(new double[3]))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("eqlv2: a state of 4 classes has 9 numbers, this one has 3");
          assertThatThrownBy(() -> objective(toy).evaluate(toy.input()))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "eqlv2: logits have shape (7, 4); expected (N, 5), 4 classes and background");
        });
  }

  @Test
  void should_say_between_which_bounds_weights_move() {
    Toy.onBatch(
        toy -> {
          // Of a class that was pushed up 100 times as much as down, and of one that never was.
          double full = Toy.sigmoid(12 * (100 - 0.8));
          double none = Toy.sigmoid(-12 * 0.8);

          Map<String, Double> said =
              new Eqlv2().bind(TrainStatistics.of(toy.counts())).explain(2).numbers();

          assertThat(said)
              .containsEntry("initialPositiveWeight", 1 + 4 * (1 - full))
              .containsEntry("initialNegativeWeight", full);
          assertThat(said.get("largestPositiveWeight"))
              .isEqualTo(1 + 4 * (1 - none), within(1e-12));
          assertThat(said.get("smallestNegativeWeight")).isEqualTo(none, within(1e-12));
          assertThat(said).hasSize(4);
        });
  }

  @Test
  void should_refuse_hyperparameters_out_of_range() {
    assertThatThrownBy(() -> new Eqlv2(Double.NaN, 0, 0))
        .hasMessage("gamma: must be finite, was NaN");
    assertThatThrownBy(() -> new Eqlv2(1, Double.POSITIVE_INFINITY, 0))
        .hasMessage("mu: must be finite, was Infinity");
    assertThatThrownBy(() -> new Eqlv2(1, 1, -1))
        .hasMessage("alpha: must be >= 0 and finite, was -1.0");
  }

  private static Objective objective(Toy toy) {
    return Objective.of(
        new Eqlv2().bind(TrainStatistics.of(toy.counts())), Optional.empty(), Reduction.BATCH_MEAN);
  }
}
