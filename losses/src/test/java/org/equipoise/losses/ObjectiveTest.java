package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts that an objective puts together, with the losses of this module in them. */
class ObjectiveTest {

  private static final ClassVector WEIGHTS = ClassVector.of(2, 0.5, 1, 3);
  private static final Optional<ClassVector> SOME = Optional.of(WEIGHTS);
  private static final double[] SHARES = {0, 0.125, 0.5, 0.25, 1, 0.75, 0.875};

  @ParameterizedTest
  @EnumSource
  void should_reduce_weighted_values(Reduction reduction) {
    Toy.onBatch(
        toy -> {
          double[] each = toy.evaluate(new BalancedSoftmax());
          double sum = 0;
          double weights = 0;
          for (int i = 0; i < Toy.ROWS; i++) {
            sum += WEIGHTS.get(toy.label(i)) * each[i];
            weights += WEIGHTS.get(toy.label(i));
          }
          double expected =
              switch (reduction) {
                case BATCH_MEAN -> sum / Toy.ROWS;
                case WEIGHT_MEAN -> sum / weights;
                case SUM -> sum;
              };

          Objective objective =
              Objective.of(toy.bind(new BalancedSoftmax()), Optional.of(WEIGHTS), reduction);

          assertThat(value(objective, toy.input())).isEqualTo(expected, within(1e-11));
        });
  }

  @Test
  void should_divide_by_the_number_of_examples_if_there_are_no_weights() {
    Toy.onBatch(
        toy -> {
          double mean = Arrays.stream(toy.evaluate(new CrossEntropy())).average().orElseThrow();
          for (Reduction reduction :
              new Reduction[] {Reduction.BATCH_MEAN, Reduction.WEIGHT_MEAN}) {
            Objective objective =
                Objective.of(toy.bind(new CrossEntropy()), Optional.empty(), reduction);

            assertThat(value(objective, toy.input())).isEqualTo(mean, within(1e-12));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"0", "0.3", "1"})
  void should_mix_the_two_objectives_if_targets_are_mixed(double lambda) {
    Toy.onBatch(
        toy -> {
          Objective objective =
              Objective.of(
                  toy.bind(new BalancedSoftmax()), Optional.of(WEIGHTS), Reduction.WEIGHT_MEAN);
          Targets a = toy.input().targets();
          Targets b = rotated(toy);

          double mixed = value(objective, toy.input().withTargets(new Targets.Mixed(a, b, lambda)));

          double expected =
              lambda * value(objective, toy.input().withTargets(a))
                  + (1 - lambda) * value(objective, toy.input().withTargets(b));
          assertThat(mixed).isEqualTo(expected, within(1e-12));
        });
  }

  @ParameterizedTest
  @EnumSource
  void should_count_each_example_by_its_share_if_examples_have_shares(Reduction reduction) {
    Toy.onBatch(
        toy -> {
          double[] a = toy.evaluate(new BalancedSoftmax());
          double[] b =
              toy.bind(new BalancedSoftmax())
                  .perExample(toy.input().withTargets(rotated(toy)))
                  .toDoubleArray();
          double ofA = 0;
          double ofB = 0;
          double weightsOfA = 0;
          double weightsOfB = 0;
          for (int i = 0; i < Toy.ROWS; i++) {
            double weightOfA = WEIGHTS.get(toy.label(i));
            double weightOfB = WEIGHTS.get((toy.label(i) + 1) % Toy.CLASSES);
            ofA += SHARES[i] * weightOfA * a[i];
            ofB += (1 - SHARES[i]) * weightOfB * b[i];
            weightsOfA += weightOfA;
            weightsOfB += weightOfB;
          }
          double expected =
              switch (reduction) {
                case BATCH_MEAN -> (ofA + ofB) / Toy.ROWS;
                case WEIGHT_MEAN -> ofA / weightsOfA + ofB / weightsOfB;
                case SUM -> ofA + ofB;
              };
          Objective objective =
              Objective.of(toy.bind(new BalancedSoftmax()), Optional.of(WEIGHTS), reduction);

          double value = value(objective, mixed(toy, new MixShare.OfExamples(SHARES)));

          assertThat(value).isEqualTo(expected, within(1e-11));
        });
  }

  @ParameterizedTest
  @EnumSource
  void should_be_the_mixture_by_one_share_if_all_examples_have_the_same(Reduction reduction) {
    Toy.onBatch(
        toy -> {
          double[] equal = new double[Toy.ROWS];
          Arrays.fill(equal, 0.3);
          for (Optional<ClassVector> weights : List.of(Optional.<ClassVector>empty(), SOME)) {
            Objective objective = Objective.of(toy.bind(new CrossEntropy()), weights, reduction);

            double each = value(objective, mixed(toy, new MixShare.OfExamples(equal)));
            double one = value(objective, mixed(toy, new MixShare.OfBatch(0.3)));

            assertThat(each).isEqualTo(one, within(1e-12));
          }
        });
  }

  @Test
  void should_multiply_the_shares_if_mixtures_are_nested() {
    Toy.onBatch(
        toy -> {
          Targets a = toy.input().targets();
          Targets b = rotated(toy);
          Targets inner = new Targets.Mixed(a, b, new MixShare.OfExamples(SHARES));
          double[] outerShares = Arrays.stream(SHARES).map(share -> 1 - share / 2).toArray();
          Targets outer = new Targets.Mixed(inner, b, new MixShare.OfExamples(outerShares));
          double[] products = new double[Toy.ROWS];
          Arrays.setAll(products, i -> SHARES[i] * outerShares[i]);
          Objective objective =
              Objective.of(
                  toy.bind(new BalancedSoftmax()), Optional.of(WEIGHTS), Reduction.WEIGHT_MEAN);

          double nested = value(objective, toy.input().withTargets(outer));
          double flat = value(objective, mixed(toy, new MixShare.OfExamples(products)));
          double halfway =
              value(objective, toy.input().withTargets(new Targets.Mixed(inner, b, 0.5)));
          double halved =
              value(
                  objective,
                  mixed(
                      toy,
                      new MixShare.OfExamples(
                          Arrays.stream(SHARES).map(share -> share / 2).toArray())));

          assertThat(nested).isEqualTo(flat, within(1e-12));
          assertThat(halfway).isEqualTo(halved, within(1e-12));
        });
  }

  @Test
  void should_refuse_shares_of_examples_where_there_is_no_value_per_example() {
    Toy.onBatch(
        toy -> {
          LossInput in = mixed(toy, new MixShare.OfExamples(SHARES));
          BoundLoss lade = new Lade().bind(TrainStatistics.of(toy.counts()));
          for (BoundLoss loss : List.of(lade, new RunningPrior(Toy.CLASSES))) {
            Objective objective = Objective.of(loss, Optional.empty(), Reduction.BATCH_MEAN);
            String name = loss == lade ? "lade" : "RunningPrior";

            assertThatThrownBy(() -> objective.evaluate(in))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                    "mixed targets: %s couples its batch or keeps state, so there is no value per"
                        + " example that a share of its own could apply to; mix with one share a"
                        + " batch (mixup), or train with a loss that has one value per example",
                    name);
          }
        });
  }

  @Test
  void should_refuse_shares_that_are_not_one_each() {
    Toy.onBatch(
        toy -> {
          Objective objective =
              Objective.of(toy.bind(new CrossEntropy()), Optional.empty(), Reduction.BATCH_MEAN);

          assertThatThrownBy(
                  () -> objective.evaluate(mixed(toy, new MixShare.OfExamples(0.5, 0.5))))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("mixed targets: 2 shares for a batch of 7 examples; expected one each");
        });
  }

  @Test
  void should_keep_dtype_and_gradient_if_targets_are_mixed() {
    for (MixShare share :
        List.of(new MixShare.OfBatch(0.75), new MixShare.OfExamples(0.75, 0.25))) {
      checkGradient(share);
    }
  }

  private static void checkGradient(MixShare share) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = Toy.zeros(manager, 2);
      logits.setRequiresGradient(true);
      Targets a = new Targets.ClassIds(manager.create(new long[] {0, 1}));
      Targets b = new Targets.ClassIds(manager.create(new long[] {2, 3}));
      Objective objective =
          Objective.of(Toy.bindUniform(new CrossEntropy()), Optional.empty(), Reduction.BATCH_MEAN);

      NDArray value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        value = objective.evaluate(LossInput.of(logits, new Targets.Mixed(a, b, share)));
        collector.backward(value);
      }

      assertThat(value.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(value.getShape()).isEqualTo(new Shape());
      // p = 1/4 each; the target of row 0 is 3/4 class 0 and 1/4 class 2; the mean is over 2 rows.
      assertThat(logits.getGradient().get(0).toFloatArray())
          .containsExactly(new float[] {-0.25f, 0.125f, 0, 0.125f}, within(1e-6f));
    }
  }

  @Test
  void should_advance_its_state_only_if_told() {
    Toy.onBatch(
        toy -> {
          Objective objective =
              Objective.of(new RunningPrior(Toy.CLASSES), Optional.empty(), Reduction.SUM);
          double[] before = objective.state();
          double first = value(objective, toy.input());

          assertThat(value(objective, toy.input())).isEqualTo(first);
          assertThat(objective.state()).isEqualTo(before).containsExactly(1, 1, 1, 1);

          objective.advance(toy.input());
          double[] seen = new double[Toy.CLASSES];
          Arrays.setAll(
              seen, c -> 1 + Arrays.stream(toy.labels()).filter(label -> label == c).count());
          assertThat(objective.state()).isEqualTo(seen);
          assertThat(value(objective, toy.input())).isNotEqualTo(first);
        });
  }

  @Test
  void should_take_up_a_saved_state() {
    Toy.onBatch(
        toy -> {
          Objective trained =
              Objective.of(new RunningPrior(Toy.CLASSES), Optional.empty(), Reduction.SUM);
          trained.advance(toy.input());
          Objective resumed =
              Objective.of(new RunningPrior(Toy.CLASSES), Optional.empty(), Reduction.SUM);

          resumed.restore(trained.state());

          assertThat(value(resumed, toy.input())).isEqualTo(value(trained, toy.input()));
          assertThatThrownBy(() -> resumed.restore(new double[3]))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void should_count_the_first_labels_of_mixed_targets() {
    Toy.onBatch(
        toy -> {
          Objective mixed =
              Objective.of(new RunningPrior(Toy.CLASSES), Optional.empty(), Reduction.SUM);
          Objective plain =
              Objective.of(new RunningPrior(Toy.CLASSES), Optional.empty(), Reduction.SUM);

          mixed.advance(
              toy.input().withTargets(new Targets.Mixed(toy.input().targets(), rotated(toy), 0.5)));
          plain.advance(toy.input());

          assertThat(mixed.state()).isEqualTo(plain.state());
        });
  }

  @Test
  void should_have_no_state_if_the_loss_has_none() {
    Objective objective =
        Objective.of(Toy.bindUniform(new CrossEntropy()), Optional.empty(), Reduction.BATCH_MEAN);

    assertThat(objective.state()).isEmpty();
    objective.restore(new double[0]);
    assertThatThrownBy(() -> objective.restore(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keeps no state");
  }

  @Test
  void should_leave_the_reduction_to_a_loss_that_couples_the_batch() {
    Toy.onBatch(
        toy -> {
          Objective objective = Objective.of(new LogitSpread(), Optional.empty(), Reduction.SUM);
          double expected = 0;
          for (int c = 0; c < Toy.CLASSES; c++) {
            int column = c;
            double[] z =
                IntStream.range(0, Toy.ROWS).mapToDouble(i -> toy.logits()[i][column]).toArray();
            expected += Arrays.stream(z).max().orElseThrow() - Arrays.stream(z).min().orElseThrow();
          }

          assertThat(value(objective, toy.input())).isEqualTo(expected, within(1e-12));
        });
  }

  @ParameterizedTest
  @EnumSource
  void should_give_the_closed_form_gradient_with_its_reduction(Reduction reduction) {
    Toy.onBatch(
        toy -> {
          Objective objective =
              Objective.of(toy.bind(new BalancedSoftmax()), Optional.empty(), reduction);
          LossInput in = toy.input();
          double[] automatic =
              GradientCheck.autograd(
                  in.logits(), z -> objective.evaluate(LossInput.of(z, in.targets())));

          assertThat(objective.hasLogitGradient()).isTrue();
          assertThat(objective.logitGradient(in).toDoubleArray())
              .containsExactly(automatic, within(1e-12));
        });
  }

  @Test
  void should_refuse_the_closed_form_gradient_where_there_is_none() {
    Toy.onBatch(
        toy -> {
          ClassVector weights = ClassVector.of(1, 1, 1, 1);
          PerExampleLoss plain = toy.bind(new CrossEntropy());
          LossInput in = toy.input();
          LossInput soft = in.withTargets(new Targets.Soft(toy.oneHot()));

          for (Objective without :
              List.of(
                  Objective.of(plain, Optional.of(weights), Reduction.BATCH_MEAN),
                  Objective.of(
                      toy.bind(new FocalSoftmax()), Optional.empty(), Reduction.BATCH_MEAN),
                  Objective.of(new LogitSpread(), Optional.empty(), Reduction.BATCH_MEAN))) {
            assertThat(without.hasLogitGradient()).isFalse();
            assertThatThrownBy(() -> without.logitGradient(in))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("this objective has no gradient by the logits in closed form");
          }
          Objective with = Objective.of(plain, Optional.empty(), Reduction.BATCH_MEAN);
          assertThatThrownBy(() -> with.logitGradient(soft))
              .isInstanceOf(UnsupportedOperationException.class);
        });
  }

  @Test
  void should_refuse_weights_where_there_is_no_value_per_example() {
    assertThatThrownBy(() -> Objective.of(new LogitSpread(), Optional.of(WEIGHTS), Reduction.SUM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "class weighting: LogitSpread has no value per example that a weight could apply to");
  }

  private static double value(Objective objective, LossInput in) {
    return objective.evaluate(in).getDouble();
  }

  private static LossInput mixed(Toy toy, MixShare share) {
    return toy.input().withTargets(new Targets.Mixed(toy.input().targets(), rotated(toy), share));
  }

  private static Targets rotated(Toy toy) {
    long[] next = Arrays.stream(toy.labels()).map(label -> (label + 1) % Toy.CLASSES).toArray();
    return new Targets.ClassIds(toy.manager().create(next));
  }

  /** An example of a stateful loss: Balanced Softmax by the labels seen so far. */
  private record RunningPrior(int classes) implements StatefulLoss<ClassVector> {

    @Override
    public ClassVector initial() {
      double[] ones = new double[classes];
      Arrays.fill(ones, 1);
      return ClassVector.of(ones);
    }

    @Override
    public NDArray evaluate(ClassVector seen, LossInput in) {
      NDArray logits = in.logits();
      NDArray ids = ((Targets.ClassIds) in.targets()).ids();
      return Labels.pick("running-prior", logits.add(seen.beside(logits).log()).logSoftmax(1), ids)
          .mean()
          .neg();
    }

    @Override
    public ClassVector advance(ClassVector seen, LossInput in) {
      double[] more = seen.toArray();
      for (long id : ((Targets.ClassIds) in.targets()).ids().toLongArray()) {
        more[(int) id]++;
      }
      return ClassVector.of(more);
    }

    @Override
    public double[] encode(ClassVector seen) {
      return seen.toArray();
    }

    @Override
    public ClassVector decode(double[] saved) {
      if (saved.length != classes) {
        throw new IllegalArgumentException(
            "running prior: saved " + saved.length + " counts for " + classes + " classes");
      }
      return ClassVector.of(saved);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "Shifts by the count so far.");
    }
  }

  /** An example of a loss that couples the batch: how far each class's logits spread over it. */
  private static final class LogitSpread implements BatchLoss {

    @Override
    public NDArray evaluate(LossInput in) {
      NDArray largest = in.logits().max(new int[] {0});
      return largest.sub(in.logits().min(new int[] {0})).sum();
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "Draws its logits together.");
    }
  }
}
