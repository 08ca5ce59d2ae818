package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KlDistillationTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new KlDistillation();
  }

  @Override
  public String expectedTypeName() {
    return "kl-distillation";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    double[][] teacher = Explained.matrix(in.teacher().orElseThrow().logits());
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          var said = classes.get(0).numbers();
          double[] p = Explained.softmax(divided(logits, said.get("temperature")));
          double[] q = Explained.softmax(divided(teacher[row], said.get("temperature")));
          double sum = 0;
          for (int c = 0; c < p.length; c++) {
            sum += q[c] * Math.log(q[c] / p[c]);
          }
          return said.get("factor") * sum;
        });
  }

  private static double[] divided(double[] values, double by) {
    return Arrays.stream(values).map(value -> value / by).toArray();
  }

  @Override
  public LossInput input(NDArray logits, Targets targets) {
    return Teachers.input(logits, targets);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "4, false"})
  void should_be_the_divergence_of_softened_probabilities(double t, boolean squared) {
    Toy.onBatch(
        toy -> {
          double[][] taught = new double[Toy.ROWS][];
          for (int i = 0; i < Toy.ROWS; i++) {
            taught[i] = toy.logits()[(i + 1) % Toy.ROWS];
          }
          double[] got =
              toy.bind(new KlDistillation(t, squared))
                  .perExample(
                      taughtBy(toy, GoldenLoss.matrix(toy.manager(), taught, DataType.FLOAT64)))
                  .toDoubleArray();
          for (int i = 0; i < Toy.ROWS; i++) {
            double[] p = softened(toy.logits()[i], t);
            double[] q = softened(taught[i], t);
            double expected = 0;
            for (int c = 0; c < Toy.CLASSES; c++) {
              expected += (squared ? t * t : 1) * q[c] * Math.log(q[c] / p[c]);
            }
            assertThat(got[i]).isEqualTo(expected, within(1e-9));
          }
        });
  }

  @Test
  void should_be_zero_if_student_and_teacher_agree() {
    Toy.onBatch(
        toy -> {
          LossInput in = taughtBy(toy, toy.input().logits().add(5));

          assertThat(toy.bind(new KlDistillation()).perExample(in).toDoubleArray())
              .containsExactly(new double[Toy.ROWS], within(1e-12));
        });
  }

  @Test
  void should_send_no_gradient_to_the_teacher() {
    Toy.onBatch(
        toy -> {
          double[] gradient =
              GradientCheck.autograd(
                  toy.input().logits(),
                  z ->
                      toy.bind(new KlDistillation())
                          .perExample(taughtBy(toy, z))
                          .add(z.sum(new int[] {1}))
                          .sum());

          assertThat(gradient).containsOnly(1);
        });
  }

  // A bank of teacher outputs outlives the steps that read it.
  @Test
  void should_leave_nothing_in_the_manager_of_the_teacher() {
    Toy.onBatch(
        toy -> {
          try (NDManager bank = toy.manager().newSubManager()) {
            NDArray taught = bank.ones(new Shape(Toy.ROWS, Toy.CLASSES), DataType.FLOAT32);

            toy.bind(new KlDistillation()).perExample(taughtBy(toy, taught));

            assertThat(bank.getManagedArrays()).hasSize(1);
          }
        });
  }

  @Test
  void should_say_that_a_teacher_is_missing_or_does_not_fit() {
    Toy.onBatch(
        toy -> {
          assertThatThrownBy(() -> toy.bind(new KlDistillation()).perExample(toy.input()))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "kl-distillation: needs the outputs of a teacher for this batch, and there are"
                      + " none; the stages of a method have no teacher, so give them as"
                      + " LossInput.teacher in a training loop of your own");
          NDArray wide = toy.manager().ones(new Shape(Toy.ROWS, 9), DataType.FLOAT64);
          assertThatThrownBy(() -> toy.bind(new KlDistillation()).perExample(taughtBy(toy, wide)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "kl-distillation: the teacher's logits have shape (7, 9), the student's (7, 4);"
                      + " expected the same");
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void should_refuse_a_temperature_out_of_range(double t) {
    assertThatThrownBy(() -> new KlDistillation(t, true))
        .hasMessage("temperature: must be > 0 and finite, was " + t);
  }

  private static LossInput taughtBy(Toy toy, NDArray logits) {
    ModelOutputs teacher = new ModelOutputs(Optional.empty(), logits, logits, Map.of());
    NDArray student = toy.input().logits();
    return Teachers.with(student, new Targets.ClassIds(toy.ids()), student, teacher);
  }

  private static double[] softened(double[] logits, double t) {
    double sum = 0;
    double[] p = new double[logits.length];
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(logits[c] / t);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }
}
