package org.equipoise.methods.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import org.equipoise.api.model.LabelledFeatures;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.methods.head.Ncm.Distance;
import org.equipoise.methods.head.Ncm.Features;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NcmTest implements SpecContract<Ncm> {

  private static final double[][] TRAIN = {{3, 4}, {6, 8}, {-1, 0}, {-3, 1}, {0, -2}};
  private static final int[] LABELS = {0, 0, 1, 1, 2};

  @Override
  public Ncm spec() {
    return new Ncm(Features.PLAIN, Distance.COSINE);
  }

  @Override
  public String expectedTypeName() {
    return "ncm";
  }

  /** A split in memory. */
  private record Split(double[][] features, int[] labels, int classes) implements LabelledFeatures {

    @Override
    public int width() {
      return 2;
    }

    @Override
    public void forEach(Visitor visitor) {
      for (int i = 0; i < labels.length; i++) {
        visitor.visit(new float[] {(float) features[i][0], (float) features[i][1]}, labels[i]);
      }
    }
  }

  /** The published rule once more, example by example. */
  private static double[] naive(Ncm spec, double[] query) {
    double[] centre = new double[2];
    if (spec.features() == Features.CENTRED_UNIT) {
      for (double[] f : TRAIN) {
        centre[0] += f[0] / TRAIN.length;
        centre[1] += f[1] / TRAIN.length;
      }
    }
    double[][] means = new double[3][2];
    int[] counts = {2, 2, 1};
    for (int i = 0; i < TRAIN.length; i++) {
      double[] g = transformed(spec, TRAIN[i], centre);
      means[LABELS[i]][0] += g[0] / counts[LABELS[i]];
      means[LABELS[i]][1] += g[1] / counts[LABELS[i]];
    }
    double[] q = transformed(spec, query, centre);
    double[] logits = new double[3];
    for (int c = 0; c < 3; c++) {
      double[] m = means[c];
      logits[c] =
          spec.distance() == Distance.COSINE
              ? (q[0] * m[0] + q[1] * m[1]) / (Math.hypot(q[0], q[1]) * Math.hypot(m[0], m[1]))
              : -Math.pow(Math.hypot(q[0] - m[0], q[1] - m[1]), 2);
    }
    return logits;
  }

  private static double[] transformed(Ncm spec, double[] f, double[] centre) {
    double x = f[0] - centre[0];
    double y = f[1] - centre[1];
    double length = spec.features() == Features.PLAIN ? 1 : Math.hypot(x, y);
    return new double[] {x / length, y / length};
  }

  private static HeadFixture fitted(Ncm spec, DataType type) {
    HeadFixture head = new HeadFixture(spec, 3, 2, type);
    for (Map.Entry<String, float[]> entry : spec.fit(new Split(TRAIN, LABELS, 3)).entrySet()) {
      double[] values = new double[entry.getValue().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = entry.getValue()[i];
      }
      head.with(entry.getKey(), values);
    }
    return head;
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, EUCLIDEAN",
    "PLAIN, COSINE",
    "UNIT, EUCLIDEAN",
    "UNIT, COSINE",
    "CENTRED_UNIT, EUCLIDEAN",
    "CENTRED_UNIT, COSINE"
  })
  void should_say_how_near_each_class_mean_is(Features features, Distance distance) {
    Ncm spec = new Ncm(features, distance);
    double[][] queries = {{2, 1}, {-5, 0.5}, {0.1, -3}};
    try (HeadFixture head = fitted(spec, DataType.FLOAT64)) {
      double[] logits = head.logits(head.array(queries)).toDoubleArray();

      for (int i = 0; i < queries.length; i++) {
        for (int c = 0; c < 3; c++) {
          assertThat(logits[3 * i + c]).isCloseTo(naive(spec, queries[i])[c], within(2e-5));
        }
      }
    }
  }

  @Test
  void should_stay_finite_if_a_feature_vector_is_the_mean_itself() {
    for (Distance distance : Distance.values()) {
      try (HeadFixture head = fitted(new Ncm(Features.CENTRED_UNIT, distance), DataType.FLOAT32)) {
        NDArray mean = head.array(new double[][] {{1, 2.2}});

        assertThat(head.logits(mean).isNaN().any().getBoolean()).isFalse();
      }
    }
  }

  @Test
  void should_average_a_million_features_without_losing_digits() {
    LabelledFeatures many =
        new LabelledFeatures() {
          @Override
          public int classes() {
            return 1;
          }

          @Override
          public int width() {
            return 1;
          }

          @Override
          public void forEach(Visitor visitor) {
            float[] feature = {100.1f};
            for (int i = 0; i < 1_000_000; i++) {
              visitor.visit(feature, 0);
            }
          }
        };

    assertThat(new Ncm(Features.PLAIN, Distance.EUCLIDEAN).fit(many).get("weight"))
        .containsExactly(100.1f);
  }

  @Test
  void should_refuse_an_empty_class_by_name() {
    assertThatThrownBy(() -> new Ncm().fit(new Split(TRAIN, LABELS, 4)))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageContaining("ncm: class 3");
  }

  @Test
  void should_have_nothing_to_train() {
    try (HeadFixture head = new HeadFixture(new Ncm(), 3, 2, DataType.FLOAT32)) {
      assertThat(head.head().block().getParameters().values())
          .hasSize(2)
          .noneMatch(parameter -> parameter.requiresGradient());
    }
  }

  @Test
  void should_leave_nothing_behind_in_the_manager_of_the_weights() {
    for (Distance distance : Distance.values()) {
      try (HeadFixture head = fitted(new Ncm(Features.CENTRED_UNIT, distance), DataType.FLOAT32)) {
        HeadFixture.assertNoLeak(head, 2, 3);
      }
    }
  }
}
