package org.equipoise.methods.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.equipoise.methods.transform.LabelledBatch.SEED;
import static org.equipoise.methods.transform.LabelledBatch.SIZE;
import static org.equipoise.methods.transform.LabelledBatch.ids;
import static org.equipoise.methods.transform.LabelledBatch.targets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.data.BatchTransform.InputBatch;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemixTest implements SpecContract<Remix> {

  private final NDManager manager = NDManager.newBaseManager();
  private final LabelledBatch examples = new LabelledBatch(manager);

  @AfterEach
  void close() {
    manager.close();
  }

  @Override
  public Remix spec() {
    return new Remix(0.2, 4, 0.7);
  }

  @Override
  public String expectedTypeName() {
    return "remix";
  }

  private static double[] shares(InputBatch mixed) {
    return ((MixShare.OfExamples) targets(mixed).share()).lambdas();
  }

  @Test
  void should_mix_inputs_as_mixup_does_and_give_labels_to_the_rarer_class() {
    ClassCounts counts = LabelledBatch.TRAIN.instances();
    int moved = 0;
    for (long seed = SEED; seed < SEED + 20; seed++) {
      InputBatch plain = LabelledBatch.apply(new Mixup(), examples.batch(), seed);
      InputBatch mixed = LabelledBatch.apply(new Remix(), examples.batch(), seed);

      double lambda = ((MixShare.OfBatch) targets(plain).share()).lambda();
      long[] partners = ids(targets(mixed).b());
      double[] expected = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        double more = (double) counts.count(i) / counts.count((int) partners[i]);
        boolean partnerRarer = more >= 3 && lambda < 0.5;
        boolean itselfRarer = more <= 1.0 / 3 && lambda > 0.5;
        expected[i] = partnerRarer ? 0 : itselfRarer ? 1 : lambda;
        moved += partnerRarer || itselfRarer ? 1 : 0;
      }
      assertThat(mixed.inputs()).isEqualTo(plain.inputs());
      assertThat(ids(targets(mixed).a())).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(partners).containsExactly(ids(targets(plain).b()));
      assertThat(shares(mixed)).as("seed %d", seed).containsExactly(expected);
    }
    assertThat(moved).isBetween(1, 20 * SIZE - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "30, 10, 0.4, 0", // three times as many, and the rarer one has most of the input
    "29, 10, 0.4, 0.4", // not three times as many
    "30, 10, 0.5, 0.5", // tau is strict
    "30, 10, 0.6, 0.6", // the rarer one has less of the input
    "10, 30, 0.6, 1",
    "10, 30, 0.5, 0.5",
    "10, 30, 0.4, 0.4",
    "10, 10, 0.4, 0.4",
  })
  void should_give_the_label_to_the_rarer_class_if_it_has_most_of_the_input(
      long ofA, long ofB, double lambda, double share) {
    double[] shares =
        new Remix().shares(ClassCounts.of(ofA, ofB), lambda, new long[] {0, 0}, new long[] {1, 0});

    // The second pair is of one class.
    assertThat(shares).containsExactly(share, lambda);
  }

  @Test
  void should_have_the_shares_of_mixup_if_tau_is_zero() {
    InputBatch plain = examples.transformedBy(new Mixup());

    double[] shares = shares(examples.transformedBy(new Remix(1, 3, 0)));

    assertThat(shares).containsOnly(((MixShare.OfBatch) targets(plain).share()).lambda());
  }

  @Test
  void should_put_everything_into_the_manager_of_the_inputs() {
    try (NDManager step = manager.newSubManager()) {
      NDArray inputs = step.ones(new Shape(2, 3));
      NDArray ids = step.create(new long[] {0, 1});
      int before = step.getManagedArrays().size();

      LabelledBatch.apply(new Remix(), new InputBatch(inputs, new Targets.ClassIds(ids)), SEED);

      // The mixed inputs and the partners' labels, and no intermediate.
      assertThat(step.getManagedArrays()).hasSize(before + 2);
    }
  }

  @Test
  void should_refuse_targets_without_one_class_an_example() {
    InputBatch twice = examples.transformedBy(new Remix());

    assertThatThrownBy(() -> LabelledBatch.apply(new Remix(), twice, SEED))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "remix: takes targets of type ClassIds, not Mixed: counts are compared of one class an"
                + " example");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 0.5, alpha: must be finite and > 0, 0.0",
    "1, 0.9, 0.5, kappa: must be finite and >= 1, 0.9",
    "1, Infinity, 0.5, kappa: must be finite and >= 1, Infinity",
    "1, 3, 1.5, 'tau: must be in [0, 1]', 1.5",
    "1, 3, NaN, 'tau: must be in [0, 1]', NaN",
  })
  void should_be_refused_if_out_of_range(
      double alpha, double kappa, double tau, String rule, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Remix(alpha, kappa, tau))
        .withMessage(rule + ", was " + value);
  }
}
