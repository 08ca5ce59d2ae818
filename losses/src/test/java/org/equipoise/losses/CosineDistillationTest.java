package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosineDistillationTest implements LossContract {

  private static final LossSpec DISTANCE = new CosineDistillation(OptionalDouble.empty(), 1);

  @Override
  public LossSpec spec() {
    return new CosineDistillation();
  }

  @Override
  public String expectedTypeName() {
    return "cosine-distillation";
  }

  @Override
  public Optional<double[]> valuesExplained(LossInput in, List<Explanation> classes) {
    double[][] student = Explained.matrix(in.features().orElseThrow());
    double[][] teacher = Explained.matrix(in.teacher().orElseThrow().features());
    return Explained.rows(
        in,
        (row, logits, positive) -> {
          int label = Explained.label(positive);
          var said = classes.get(label).numbers();
          double cosine =
              dot(student[row], teacher[row])
                  / Math.sqrt(dot(student[row], student[row]) * dot(teacher[row], teacher[row]));
          return said.get("crossEntropyShare") * Explained.crossEntropy(logits, label)
              + said.get("distanceFactor") * (1 - cosine);
        });
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public LossInput input(NDArray logits, Targets targets) {
    return Teachers.input(logits, targets);
  }

  /** The contract without cross-entropy. */
  @Nested
  class OfTheDistanceAlone implements LossContract {

    @Override
    public LossSpec spec() {
      return DISTANCE;
    }

    @Override
    public String expectedTypeName() {
      return "cosine-distillation";
    }

    @Override
    public LossInput input(NDArray logits, Targets targets) {
      return Teachers.input(logits, targets);
    }
  }

  @Test
  void should_mix_cross_entropy_and_distance() {
    Toy.onBatch(
        toy -> {
          double[][] student = toy.logits();
          double[][] taught = new double[Toy.ROWS][];
          for (int i = 0; i < Toy.ROWS; i++) {
            taught[i] = student[(i + 1) % Toy.ROWS];
          }
          NDArray logits = toy.input().logits();
          double[] crossEntropy = toy.evaluate(new CrossEntropy());

          double[] got =
              toy.bind(new CosineDistillation(OptionalDouble.of(0.3), 50))
                  .perExample(
                      input(
                          logits,
                          toy.ids(),
                          logits,
                          GoldenLoss.matrix(toy.manager(), taught, DataType.FLOAT64)))
                  .toDoubleArray();

          for (int i = 0; i < Toy.ROWS; i++) {
            double expected =
                0.7 * crossEntropy[i] + 0.3 * 50 * (1 - cosine(student[i], taught[i]));
            assertThat(got[i]).isEqualTo(expected, within(1e-9));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1, 1e30f})
  void should_not_depend_on_lengths(float length) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray student = manager.create(new float[] {3 * length, 4 * length}, new Shape(1, 2));
      NDArray teacher = manager.create(new float[] {4 / length, 3 / length}, new Shape(1, 2));

      assertThat(distance(student, teacher).getFloat(0)).isEqualTo(0.04f, within(1e-6f));
    }
  }

  @Test
  void should_have_distance_one_and_no_gradient_if_a_vector_is_zero() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray zero = manager.zeros(new Shape(1, 3), DataType.FLOAT64);
      NDArray some = manager.create(new double[] {1, -2, 0.5}, new Shape(1, 3));

      assertThat(distance(zero, some).getDouble(0)).isEqualTo(1);
      assertThat(distance(some, zero).getDouble(0)).isEqualTo(1);
      assertThat(distance(zero, zero).getDouble(0)).isEqualTo(1);
      assertThat(GradientCheck.autograd(zero, f -> distance(f, some).sum()))
          .containsExactly(new double[3], within(0.0));
      assertThat(GradientCheck.autograd(some, f -> distance(f, zero).sum()))
          .containsExactly(new double[3], within(0.0));
      assertThat(GradientCheck.autograd(zero, f -> distance(f, zero).sum()))
          .containsExactly(new double[3], within(0.0));
    }
  }

  @Test
  void should_say_what_is_missing() {
    Toy.onBatch(
        toy -> {
          PerExampleLoss loss = toy.bind(new CosineDistillation());
          NDArray logits = toy.input().logits();

          assertThatThrownBy(() -> loss.perExample(toy.input()))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("cosine-distillation: needs the model's pooled features");
          assertThatThrownBy(
                  () -> loss.perExample(input(logits, toy.ids(), logits, logits.get(":, :3"))))
              .hasMessage(
                  "cosine-distillation: the teacher's features have shape (7, 3), the student's"
                      + " (7, 4); expected the same");
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN})
  void should_refuse_what_is_out_of_range(double value) {
    assertThatThrownBy(() -> new CosineDistillation(OptionalDouble.of(value), 1))
        .hasMessage("alpha: must be in [0, 1], was " + value);
    assertThatThrownBy(() -> new CosineDistillation(OptionalDouble.of(0.5), value))
        .hasMessage("beta: must be >= 0 and finite, was " + value);
  }

  private static NDArray distance(NDArray student, NDArray teacher) {
    NDManager manager = student.getManager();
    NDArray logits = manager.zeros(new Shape(1, Toy.CLASSES), student.getDataType());
    NDArray ids = manager.zeros(new Shape(1), DataType.INT64);
    return Toy.bindUniform(DISTANCE).perExample(input(logits, ids, student, teacher));
  }

  private static LossInput input(NDArray logits, NDArray ids, NDArray student, NDArray teacher) {
    return Teachers.with(
        logits,
        new Targets.ClassIds(ids),
        student,
        new ModelOutputs(Optional.empty(), teacher, logits, Map.of()));
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int d = 0; d < a.length; d++) {
      product += a[d] * b[d];
      lengthA += a[d] * a[d];
      lengthB += b[d] * b[d];
    }
    return product / Math.sqrt(lengthA * lengthB);
  }
}
