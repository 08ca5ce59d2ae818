package org.equipoise.methods.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.equipoise.methods.transform.LabelledBatch.SEED;
import static org.equipoise.methods.transform.LabelledBatch.SIZE;
import static org.equipoise.methods.transform.LabelledBatch.ids;
import static org.equipoise.methods.transform.LabelledBatch.targets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.equipoise.api.data.BatchTransform;
import org.equipoise.api.data.BatchTransform.InputBatch;
import org.equipoise.api.loss.MixShare;
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

  private final NDManager manager = NDManager.newBaseManager();
  private final LabelledBatch examples = new LabelledBatch(manager);

  @AfterEach
  void close() {
    manager.close();
  }

  private static double lambda(InputBatch mixed) {
    return ((MixShare.OfBatch) targets(mixed).share()).lambda();
  }

  @Test
  void should_mix_inputs_and_labels_by_one_order_and_one_share() {
    float[] original = examples.batch().inputs().toFloatArray();

    InputBatch mixed = examples.transformedBy(new Mixup());

    Targets.Mixed targets = targets(mixed);
    long[] partners = ids(targets.b());
    double lambda = lambda(mixed);
    assertThat(ids(targets.a())).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(partners).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5).isNotEqualTo(ids(targets.a()));
    assertThat(lambda).isStrictlyBetween(0.0, 1.0);
    assertThat(mixed.inputs().getShape()).isEqualTo(new Shape(SIZE, 1, 2, 2));
    assertThat(mixed.inputs().toFloatArray())
        .containsExactly(LabelledBatch.mixture(original, partners, lambda));
  }

  @Test
  void should_not_change_the_batch_that_it_was_given() {
    InputBatch batch = examples.batch();
    float[] inputs = batch.inputs().toFloatArray();

    LabelledBatch.apply(new Mixup(), batch, SEED);

    assertThat(batch.inputs().toFloatArray()).containsExactly(inputs);
    assertThat(ids(batch.targets())).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void should_draw_the_same_from_the_same_stream_and_else_from_another() {
    InputBatch first = examples.transformedBy(new Mixup());
    InputBatch again = examples.transformedBy(new Mixup());
    InputBatch other = LabelledBatch.apply(new Mixup(), examples.batch(), SEED + 1);

    assertThat(again.inputs()).isEqualTo(first.inputs());
    assertThat(targets(again).share()).isEqualTo(targets(first).share());
    assertThat(targets(other).share()).isNotEqualTo(targets(first).share());
  }

  @Test
  void should_reach_every_order_of_the_batch() {
    SplittableRandom random = new SplittableRandom(SEED);
    NDArray inputs = manager.zeros(new Shape(3, 1));
    BatchTransform mixup = new Mixup().bind(LabelledBatch.TRAIN);
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Targets.ClassIds labels = new Targets.ClassIds(examples.firstIds(3));
      orders.add(
          Arrays.toString(ids(targets(mixup.apply(new InputBatch(inputs, labels), random)).b())));
    }

    assertThat(orders).as("seed %d", SEED).hasSize(6);
  }

  @Test
  void should_reorder_targets_of_every_form_by_rows() {
    NDArray rows = manager.create(new float[] {1, 0, 0, 1, 1, 1}, new Shape(3, 2));
    NDArray inputs = manager.arange(3f).reshape(3, 1);
    NDArray ids = examples.firstIds(3);
    Targets nested =
        new Targets.Mixed(
            new Targets.Mixed(new Targets.MultiHot(rows), new Targets.Soft(rows), 0.5),
            new Targets.Mixed(
                new Targets.ClassIds(ids),
                new Targets.Regions(ids, 2),
                new MixShare.OfExamples(0, 0.1, 0.2)),
            0.25);

    Targets.Mixed mixed =
        targets(LabelledBatch.apply(new Mixup(), new InputBatch(inputs, nested), SEED));

    assertThat(mixed.a()).isSameAs(nested);
    Targets.Mixed reordered = (Targets.Mixed) mixed.b();
    Targets.Mixed dense = (Targets.Mixed) reordered.a();
    Targets.Mixed sparse = (Targets.Mixed) reordered.b();
    NDArray order = ((Targets.ClassIds) sparse.a()).ids();
    assertThat(reordered.share()).isEqualTo(new MixShare.OfBatch(0.25));
    assertThat(sparse.share())
        .isEqualTo(
            new MixShare.OfExamples(
                Arrays.stream(order.toLongArray()).mapToDouble(i -> i / 10.0).toArray()));
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

      LabelledBatch.apply(new Mixup(), new InputBatch(inputs, new Targets.ClassIds(ids)), SEED);

      // The mixed inputs and the partners' labels, and no intermediate.
      assertThat(step.getManagedArrays()).hasSize(before + 2);
      assertThat(data.getManagedArrays()).isEmpty();
    }
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
