package org.equipoise.methods.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.equipoise.api.data.BatchTransformSpec.InputBatch;
import org.equipoise.api.loss.Targets;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixupTest implements SpecContract<Mixup> {

  @Override
  public Mixup spec() {
    return new Mixup(0.2);
  }

  @Override
  public String expectedTypeName() {
    return "mixup";
  }

  private static final long SEED = 5;
  private static final int SIZE = 6;

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** Labels 0..5, so that the mixed labels give the order away. */
  private InputBatch batch() {
    NDArray inputs = manager.arange(SIZE * 4f).mul(0.37f).reshape(SIZE, 1, 2, 2);
    return new InputBatch(inputs, new Targets.ClassIds(firstIds(SIZE)));
  }

  private NDArray firstIds(int size) {
    return manager.create(LongStream.range(0, size).toArray());
  }

  private static Targets.Mixed targets(InputBatch mixed) {
    return (Targets.Mixed) mixed.targets();
  }

  private static long[] ids(Targets targets) {
    return ((Targets.ClassIds) targets).ids().toLongArray();
  }

  @Test
  void should_mix_inputs_and_labels_by_one_order_and_one_share() {
    InputBatch batch = batch();
    float[] original = batch.inputs().toFloatArray();

    InputBatch mixed = new Mixup().apply(batch, new SplittableRandom(SEED));

    Targets.Mixed targets = targets(mixed);
    long[] partners = ids(targets.b());
    float[] expected = new float[original.length];
    for (int i = 0; i < expected.length; i++) {
      float partner = original[(int) partners[i / 4] * 4 + i % 4];
      expected[i] =
          original[i] * (float) targets.lambda() + partner * (float) (1 - targets.lambda());
    }
    assertThat(ids(targets.a())).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(partners).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5).isNotEqualTo(ids(targets.a()));
    assertThat(targets.lambda()).isStrictlyBetween(0.0, 1.0);
    assertThat(mixed.inputs().getShape()).isEqualTo(new Shape(SIZE, 1, 2, 2));
    assertThat(mixed.inputs().toFloatArray()).containsExactly(expected);
  }

  @Test
  void should_not_change_the_batch_that_it_was_given() {
    InputBatch batch = batch();
    float[] inputs = batch.inputs().toFloatArray();

    new Mixup().apply(batch, new SplittableRandom(SEED));

    assertThat(batch.inputs().toFloatArray()).containsExactly(inputs);
    assertThat(ids(batch.targets())).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void should_draw_the_same_from_the_same_stream_and_else_from_another() {
    InputBatch first = new Mixup().apply(batch(), new SplittableRandom(SEED));
    InputBatch again = new Mixup().apply(batch(), new SplittableRandom(SEED));
    InputBatch other = new Mixup().apply(batch(), new SplittableRandom(SEED + 1));

    assertThat(again.inputs()).isEqualTo(first.inputs());
    assertThat(targets(again).lambda()).isEqualTo(targets(first).lambda());
    assertThat(targets(other).lambda()).isNotEqualTo(targets(first).lambda());
  }

  @Test
  void should_reach_every_order_of_the_batch() {
    SplittableRandom random = new SplittableRandom(SEED);
    NDArray inputs = manager.zeros(new Shape(3, 1));
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Targets.ClassIds labels = new Targets.ClassIds(firstIds(3));
      orders.add(
          Arrays.toString(
              ids(targets(new Mixup().apply(new InputBatch(inputs, labels), random)).b())));
    }

    assertThat(orders).as("seed %d", SEED).hasSize(6);
  }

  @Test
  void should_reorder_targets_of_every_form_by_rows() {
    NDArray rows = manager.create(new float[] {1, 0, 0, 1, 1, 1}, new Shape(3, 2));
    NDArray inputs = manager.arange(3f).reshape(3, 1);
    NDArray ids = firstIds(3);
    Targets nested =
        new Targets.Mixed(
            new Targets.Mixed(new Targets.MultiHot(rows), new Targets.Soft(rows), 0.5),
            new Targets.Mixed(new Targets.ClassIds(ids), new Targets.Regions(ids, 2), 0.5),
            0.25);

    Targets.Mixed mixed =
        targets(new Mixup().apply(new InputBatch(inputs, nested), new SplittableRandom(SEED)));

    assertThat(mixed.a()).isSameAs(nested);
    Targets.Mixed reordered = (Targets.Mixed) mixed.b();
    Targets.Mixed dense = (Targets.Mixed) reordered.a();
    Targets.Mixed sparse = (Targets.Mixed) reordered.b();
    NDArray order = ((Targets.ClassIds) sparse.a()).ids();
    assertThat(reordered.lambda()).isEqualTo(0.25);
    assertThat(((Targets.Regions) sparse.b()).ids()).isEqualTo(order);
    assertThat(((Targets.Regions) sparse.b()).classes()).isEqualTo(2);
    assertThat(((Targets.MultiHot) dense.a()).values()).isEqualTo(rows.get(order));
    assertThat(((Targets.Soft) dense.b()).probabilities()).isEqualTo(rows.get(order));
  }

  @Test
  void should_put_everything_into_the_manager_of_the_inputs() {
    try (NDManager data = manager.newSubManager();
        NDManager step = manager.newSubManager()) {
      NDArray inputs = step.ones(new Shape(2, 3));
      NDArray ids = step.create(new long[] {0, 1});
      int before = step.getManagedArrays().size();

      new Mixup()
          .apply(new InputBatch(inputs, new Targets.ClassIds(ids)), new SplittableRandom(SEED));

      // The mixed inputs and the partners' labels, and no intermediate.
      assertThat(step.getManagedArrays()).hasSize(before + 2);
      assertThat(data.getManagedArrays()).isEmpty();
    }
  }

  @Test
  void should_have_the_published_default() {
    assertThat(new Mixup()).isEqualTo(new Mixup(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY})
  void should_be_refused_if_alpha_is_not_a_positive_number(double alpha) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mixup(alpha))
        .withMessageContaining("alpha")
        .withMessageContaining(String.valueOf(alpha));
  }
}
