package org.equipoise.cli.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.Explanation;
import org.equipoise.api.djl.DjlLoss;
import org.equipoise.api.djl.DjlMetric;
import org.equipoise.api.djl.DjlSampler;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.evaluation.classification.BalancedAccuracy;
import org.equipoise.evaluation.classification.ShotAccuracy;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.EffectiveNumber;
import org.equipoise.samplers.ClassBalanced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of Equipoise in a training that knows nothing but DJL. */
class PlainDjlTrainingTest {

  private final NDManager manager = NDManager.newBaseManager();

  @BeforeEach
  void seed() {
    Engine.getInstance().setRandomSeed((int) LongTail.SEED);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "INT32, false",
    "INT32, true",
    "INT64, false",
    "INT64, true",
    "FLOAT32, false",
    "FLOAT32, true"
  })
  void should_train_with_balanced_softmax_whatever_form_the_labels_have(
      DataType labelType, boolean column) throws Exception {
    ArrayDataset train = LongTail.dataset(manager, labelType, column);
    ClassCounts counts = ClassCounts.of(train);
    DefaultTrainingConfig config = config(DjlLoss.of(new BalancedSoftmax(), counts), counts);

    List<Float> losses = new ArrayList<>();
    TrainingResult result = fit(config, train, linear(), losses);

    assertThat(counts).isEqualTo(LongTail.COUNTS);
    assertThat(losses.get(losses.size() - 1)).isLessThan(0.5f * losses.get(0));
    assertThat((double) result.getTrainEvaluation("balanced-accuracy"))
        .isGreaterThan(0.95 * LongTail.bestBalancedAccuracy());
    assertThat(result.getTrainEvaluation("few")).isGreaterThan(0.8f);
  }

  @Test
  void should_train_on_class_balanced_batches() throws Exception {
    ArrayDataset plain = LongTail.dataset(manager, DataType.INT64, false);
    ClassCounts counts = ClassCounts.of(plain);
    LabelIndex index = LabelIndex.of(LongTail.labels(), LongTail.classes());
    DjlSampler sampler = DjlSampler.of(new ClassBalanced(), index, 32, 20, LongTail.SEED);
    ArrayDataset train = LongTail.dataset(manager, sampler);
    DefaultTrainingConfig config = config(DjlLoss.of(new CrossEntropy(), counts), counts);

    List<Float> losses = new ArrayList<>();
    TrainingResult result = fit(config, train, linear(), losses);

    assertThat(losses.get(losses.size() - 1)).isLessThan(0.5f * losses.get(0));
    assertThat((double) result.getTrainEvaluation("balanced-accuracy"))
        .isGreaterThan(0.95 * LongTail.bestBalancedAccuracy());
  }

  @Test
  void should_draw_each_class_as_often_through_the_sampler() throws Exception {
    LabelIndex index = LabelIndex.of(LongTail.labels(), LongTail.classes());
    DjlSampler sampler = DjlSampler.of(new ClassBalanced(), index, 32, 60, LongTail.SEED);
    ArrayDataset train = LongTail.dataset(manager, sampler);
    int[] seen = new int[LongTail.classes()];
    int items = 0;
    for (int epoch = 0; epoch < 60; epoch++) {
      for (Batch batch : train.getData(manager)) {
        for (long label : batch.getLabels().singletonOrThrow().toLongArray()) {
          seen[(int) label]++;
          items++;
        }
        batch.close();
      }
    }

    assertThat(items).isEqualTo(60 * 200);
    // 5 standard deviations of a share of 12,000 draws are 0.022.
    for (int count : seen) {
      assertThat((double) count / items).isCloseTo(1.0 / 3, within(0.022));
    }
  }

  @Test
  void should_weight_classes_on_top_of_a_loss() throws Exception {
    ArrayDataset train = LongTail.dataset(manager, DataType.INT64, false);
    ClassCounts counts = ClassCounts.of(train);
    Loss weighted = DjlLoss.of(new CrossEntropy(), new EffectiveNumber(), counts);
    double[] weights = new EffectiveNumber().weights(counts);

    // Equal logits: each example costs log 3 times the weight of its class.
    NDList labels = new NDList(manager.create(new long[] {0, 2}));
    NDArray value = weighted.evaluate(labels, new NDList(manager.zeros(new Shape(2, 3))));

    assertThat((double) value.getFloat())
        .isCloseTo(Math.log(3) * (weights[0] + weights[2]) / 2, within(1e-5));
  }

  @Test
  void should_say_what_to_remove_if_the_network_ends_in_a_softmax() throws Exception {
    ArrayDataset train = LongTail.dataset(manager, DataType.INT64, false);
    ClassCounts counts = ClassCounts.of(train);
    DefaultTrainingConfig config = config(DjlLoss.of(new BalancedSoftmax(), counts), counts);
    Block network = linear().add(LambdaBlock.singleton(logits -> logits.softmax(1), "softmax"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(config, train, network, new ArrayList<>()))
        .withMessageContaining("balanced-softmax")
        .withMessageContaining("remove the softmax at the end of the network");
  }

  @Test
  void should_name_the_shapes_if_labels_are_one_hot() throws Exception {
    ClassCounts counts = ClassCounts.of(LongTail.dataset(manager, DataType.INT64, false));
    Loss loss = DjlLoss.of(new BalancedSoftmax(), counts);
    NDList oneHot = new NDList(manager.eye(3));
    NDList logits = new NDList(manager.eye(3).mul(5));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.evaluate(oneHot, logits))
        .withMessageContaining("(3, 3)")
        .withMessageContaining("(3) or (3, 1)");
  }

  @Test
  void should_refuse_a_loss_that_keeps_state() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DjlLoss.of(new Counting(), ClassCounts.of(2, 1)))
        .withMessageContaining("counting")
        .withMessageContaining("running state");
  }

  private static DefaultTrainingConfig config(Loss loss, ClassCounts counts) {
    return new DefaultTrainingConfig(loss)
        .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.05f)).build())
        .addEvaluator(DjlMetric.of(new BalancedAccuracy(), counts, "balanced-accuracy"))
        .addEvaluator(DjlMetric.of(new ShotAccuracy(), counts, "few"))
        .addTrainingListeners(TrainingListener.Defaults.basic());
  }

  private static SequentialBlock linear() {
    return new SequentialBlock().add(Linear.builder().setUnits(LongTail.classes()).build());
  }

  /** Trains for 20 epochs and notes the training loss of each, as DJL reports it. */
  private static TrainingResult fit(
      DefaultTrainingConfig config, ArrayDataset train, Block network, List<Float> losses)
      throws Exception {
    try (Model model = Model.newInstance("plain")) {
      model.setBlock(network);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(32, LongTail.classes()));
        for (int epoch = 0; epoch < 20; epoch++) {
          EasyTrain.fit(trainer, 1, train, null);
          losses.add(trainer.getTrainingResult().getTrainLoss());
        }
        return trainer.getTrainingResult();
      }
    }
  }

  /** A loss that counts its batches. */
  private record Counting() implements LossSpec {

    @Override
    public BoundLoss bind(TrainStatistics train) {
      return new Bound();
    }

    private record Bound() implements StatefulLoss<Integer> {

      @Override
      public Integer initial() {
        return 0;
      }

      @Override
      public NDArray evaluate(Integer state, LossInput in) {
        return in.logits().sum().add(state);
      }

      @Override
      public Integer advance(Integer state, LossInput in) {
        return state + 1;
      }

      @Override
      public double[] encode(Integer state) {
        return new double[] {state};
      }

      @Override
      public Integer decode(double[] saved) {
        return (int) saved[0];
      }

      @Override
      public Explanation explain(int classId) {
        return Explanation.of(classId, "Counts batches.");
      }
    }
  }
}
