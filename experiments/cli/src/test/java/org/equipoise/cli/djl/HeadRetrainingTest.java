package org.equipoise.cli.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import com.acme.BetterHead;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.Explanation;
import org.equipoise.api.djl.HeadRetraining;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.testkit.SyntheticLongTail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last layer of someone's own DJL model, retrained. */
class HeadRetrainingTest {

  private static final ClassCounts COUNTS = ClassCounts.of(300, 30, 6);
  private static final SyntheticLongTail DATA =
      new SyntheticLongTail(COUNTS, 2.5, new RandomStreams(11));
  private static final String LAST = "05Linear";

  private final NDManager manager = NDManager.newBaseManager();
  private long images;

  @BeforeEach
  void seed() {
    Engine.getInstance().setRandomSeed(7);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private ArrayDataset trainSet() {
    SyntheticLongTail.Sample sample = DATA.train();
    return dataset(sample.features(), sample.labels());
  }

  private ArrayDataset dataset(float[] features, int[] labels) {
    return new ArrayDataset.Builder()
        .setData(manager.create(features, new Shape(labels.length, COUNTS.classes())))
        .optLabels(manager.create(labels).toType(DataType.INT64, false))
        .setSampling(32, true)
        .build();
  }

  /** A network that counts the images which pass through it. */
  private SequentialBlock network() {
    return new SequentialBlock()
        .add(
            LambdaBlock.singleton(
                input -> {
                  images += input.getShape().get(0);
                  return input;
                },
                "counter"))
        .add(Linear.builder().setUnits(16).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(COUNTS.classes()).build());
  }

  private Model trained(Block network) throws Exception {
    Model model = Model.newInstance("mine");
    model.setBlock(network);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.01f)).build());
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(new Shape(32, COUNTS.classes()));
      EasyTrain.fit(trainer, 10, trainSet(), null);
    }
    images = 0;
    return model;
  }

  private float[] logits(Model model) {
    SyntheticLongTail.Sample test = DATA.test(200);
    try (NDManager scratch = manager.newSubManager()) {
      NDArray input =
          scratch.create(test.features(), new Shape(test.labels().length, test.dimension()));
      return model
          .getBlock()
          .forward(new ParameterStore(scratch, true), new NDList(input), false)
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  private double balancedAccuracy(Model model) {
    float[] logits = logits(model);
    int[] labels = DATA.test(200).labels();
    int classes = COUNTS.classes();
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = logits[i * classes + c] > logits[i * classes + best] ? c : best;
      }
      right += best == labels[i] ? 1 : 0;
    }
    // The test set has as many examples of every class.
    return (double) right / labels.length;
  }

  private static Map<String, float[]> weights(Block block) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Pair<String, Parameter> entry : block.getParameters()) {
      weights.put(entry.getKey(), entry.getValue().getArray().toFloatArray());
    }
    return weights;
  }

  @Test
  void should_find_rare_classes_better_and_change_nothing_but_the_last_layer() throws Exception {
    try (Model model = trained(network())) {
      double before = balancedAccuracy(model);
      Map<String, float[]> old = weights(model.getBlock());
      images = 0;

      Model same = BetterHead.of(model, trainSet());

      assertThat(images).isEqualTo(COUNTS.total());
      assertThat(same).isSameAs(model);
      assertThat(balancedAccuracy(model)).isGreaterThan(before + 0.1);
      Map<String, float[]> now = weights(model.getBlock());
      assertThat(old).hasSize(8);
      old.forEach(
          (name, values) -> {
            if (name.startsWith(LAST)) {
              assertThat(now.get(name)).isNotEqualTo(values);
            } else {
              assertThat(now.get(name)).as(name).isEqualTo(values);
            }
          });
    }
  }

  @Test
  void should_leave_no_array_behind_and_the_model_trainable() throws Exception {
    try (Model model = trained(network())) {
      HeadRetraining retraining =
          HeadRetraining.of(model, LAST, trainSet(), new BalancedSoftmax()).withEpochs(2);
      Parameter weight =
          model.getBlock().getChildren().get(4).getValue().getParameters().get(0).getValue();
      int before = TorchEngine.managedArrays();

      retraining.train();
      retraining.withEpochs(5).train();

      assertThat(TorchEngine.managedArrays()).isEqualTo(before);
      assertThat(weight.requiresGradient()).isTrue();
      assertThat(weight.getArray().hasGradient()).isTrue();
    }
  }

  @Test
  void should_give_the_same_weights_for_the_same_seed() throws Exception {
    try (Model model = trained(network())) {
      HeadRetraining retraining =
          HeadRetraining.of(model, LAST, trainSet(), new BalancedSoftmax()).withEpochs(3);
      float[] first = logits(retraining.withSeed(5).train());
      float[] other = logits(retraining.withSeed(6).train());

      assertThat(logits(retraining.withSeed(5).train())).isEqualTo(first).isNotEqualTo(other);
    }
  }

  @Test
  void should_take_one_step_of_sgd_by_its_formula() throws Exception {
    try (Model model = trained(network())) {
      Block last = model.getBlock().getChildren().get(4).getValue();
      float[] weight = last.getParameters().get("weight").getArray().toFloatArray();
      float[] bias = last.getParameters().get("bias").getArray().toFloatArray();
      double[][] features = features(model.getBlock());

      HeadRetraining.of(model, LAST, trainSet(), new CrossEntropy())
          .withEpochs(1)
          .withBatchSize((int) COUNTS.total())
          .withLearningRate(0.5)
          .withWeightDecay(0.01)
          .fromOldWeights()
          .train();

      int[] labels = DATA.train().labels();
      float[] now = last.getParameters().get("weight").getArray().toFloatArray();
      for (int c = 0; c < 3; c++) {
        for (int d = 0; d < 16; d++) {
          double gradient = 0.01 * weight[c * 16 + d];
          for (int i = 0; i < labels.length; i++) {
            double share = softmax(features[i], weight, bias)[c] - (labels[i] == c ? 1 : 0);
            gradient += share * features[i][d] / labels.length;
          }
          assertThat((double) now[c * 16 + d])
              .isCloseTo(weight[c * 16 + d] - 0.5 * gradient, within(1e-5));
        }
      }
    }
  }

  /** What the last layer receives, computed by the blocks before it. */
  private double[][] features(Block network) {
    SyntheticLongTail.Sample sample = DATA.train();
    try (NDManager scratch = manager.newSubManager()) {
      NDList values =
          new NDList(scratch.create(sample.features(), new Shape(sample.labels().length, 3)));
      for (int b = 0; b < 4; b++) {
        values =
            network
                .getChildren()
                .get(b)
                .getValue()
                .forward(new ParameterStore(scratch, true), values, false);
      }
      float[] flat = values.singletonOrThrow().toFloatArray();
      double[][] rows = new double[sample.labels().length][16];
      for (int i = 0; i < flat.length; i++) {
        rows[i / 16][i % 16] = flat[i];
      }
      return rows;
    }
  }

  private static double[] softmax(double[] features, float[] weight, float[] bias) {
    double[] values = new double[3];
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double logit = bias[c];
      for (int d = 0; d < 16; d++) {
        logit += weight[c * 16 + d] * features[d];
      }
      values[c] = Math.exp(logit);
      sum += values[c];
    }
    for (int c = 0; c < 3; c++) {
      values[c] /= sum;
    }
    return values;
  }

  @Test
  void should_draw_classes_alike_if_the_sampler_does() throws Exception {
    try (Model model = trained(network())) {
      double before = balancedAccuracy(model);

      HeadRetraining.of(model, LAST, trainSet(), new CrossEntropy())
          .withSampler(new ClassBalanced())
          .train();

      assertThat(balancedAccuracy(model)).isGreaterThan(before + 0.1);
    }
  }

  @Test
  void should_bind_the_loss_to_the_counts_of_the_data_and_advance_its_state() throws Exception {
    CountingLoss.seen = Optional.empty();
    CountingLoss.advanced = 0;
    try (Model model = trained(network())) {
      HeadRetraining.of(model, LAST, trainSet(), new CountingLoss())
          .withBatchSize(100)
          .withEpochs(3)
          .train();
    }

    assertThat(CountingLoss.seen).contains(COUNTS);
    assertThat(CountingLoss.advanced).isEqualTo(3 * 4);
  }

  /** Cross-entropy that keeps count of its batches. */
  private record CountingLoss() implements LossSpec {

    private static Optional<ClassCounts> seen = Optional.empty();
    private static int advanced;

    @Override
    public BoundLoss bind(TrainStatistics train) {
      seen = Optional.of(train.instances());
      return new Counting();
    }

    private record Counting() implements StatefulLoss<Integer> {

      @Override
      public Integer initial() {
        return 0;
      }

      @Override
      public NDArray evaluate(Integer state, LossInput in) {
        NDArray column = ((Targets.ClassIds) in.targets()).ids().expandDims(1);
        return in.logits().logSoftmax(1).gather(column, 1).neg().mean();
      }

      @Override
      public Integer advance(Integer state, LossInput in) {
        advanced = state + 1;
        return advanced;
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

  @Test
  void should_leave_the_model_as_it_was_if_the_loss_breaks() throws Exception {
    try (Model model = trained(network())) {
      Map<String, float[]> old = weights(model.getBlock());

      assertThatThrownBy(() -> HeadRetraining.of(model, LAST, trainSet(), new BrokenLoss()).train())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("head retraining: the loss became NaN; try a lower learning rate");

      weights(model.getBlock())
          .forEach((name, values) -> assertThat(values).as(name).isEqualTo(old.get(name)));
    }
  }

  private record BrokenLoss() implements LossSpec {

    @Override
    public BoundLoss bind(TrainStatistics train) {
      return new Broken();
    }

    private record Broken() implements BatchLoss {

      @Override
      public NDArray evaluate(LossInput in) {
        return in.logits().sum().mul(Float.NaN);
      }

      @Override
      public Explanation explain(int classId) {
        return Explanation.of(classId, "NaN.");
      }
    }
  }

  @Test
  void should_be_saved_and_loaded_as_the_same_network(@TempDir Path folder) throws Exception {
    float[] expected;
    try (Model model = trained(network())) {
      HeadRetraining.of(model, LAST, trainSet(), new BalancedSoftmax()).train();
      expected = logits(model);
      model.save(folder, "mine");
    }
    try (Model loaded = Model.newInstance("mine")) {
      loaded.setBlock(network());
      loaded.load(folder, "mine");

      assertThat(logits(loaded)).isEqualTo(expected);
      HeadRetraining.of(loaded, LAST, trainSet(), new BalancedSoftmax()).train();
      assertThat(logits(loaded)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void should_work_for_any_block_that_ends_in_a_linear_layer(boolean bias) throws Exception {
    try (Model model = trained(new Forked(bias))) {
      double before = balancedAccuracy(model);
      Map<String, float[]> old = weights(model.getBlock());

      HeadRetraining.of(model, "classifier", trainSet(), new BalancedSoftmax())
          .withEpochs(60)
          .train();

      assertThat(balancedAccuracy(model)).isGreaterThan(before + 0.05);
      Map<String, float[]> now = weights(model.getBlock());
      old.forEach(
          (name, values) -> {
            if (!name.contains("classifier")) {
              assertThat(now.get(name)).as(name).isEqualTo(values);
            }
          });
    }
  }

  /** Two branches that are added up: nothing that could be cut into a chain of children. */
  private static final class Forked extends AbstractBlock {

    // Not the last child, so that only its name tells which it is.
    private final Linear classifier;
    private final Linear left;
    private final Linear right;

    Forked(boolean bias) {
      classifier =
          addChildBlock(
              "classifier", Linear.builder().setUnits(COUNTS.classes()).optBias(bias).build());
      left = addChildBlock("left", Linear.builder().setUnits(12).build());
      right = addChildBlock("right", Linear.builder().setUnits(12).build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray a = left.forward(store, inputs, training).singletonOrThrow();
      NDArray b = right.forward(store, inputs, training).singletonOrThrow();
      NDArray features = Activation.relu(a).add(Activation.tanh(b));
      return classifier.forward(store, new NDList(features), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      left.initialize(manager, type, inputs);
      right.initialize(manager, type, inputs);
      classifier.initialize(manager, type, new Shape(inputs[0].get(0), 12));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), COUNTS.classes())};
    }
  }

  @Test
  void should_list_the_linear_layers_if_the_name_is_none_of_them() throws Exception {
    try (Model model = trained(network())) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> HeadRetraining.of(model, "06Linear", trainSet(), new CrossEntropy()).train())
          .withMessage(
              "head retraining: no linear layer is called \"06Linear\"; the linear layers of the"
                  + " model are [02Linear, 05Linear]");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> HeadRetraining.of(model, "Linear", trainSet(), new CrossEntropy()).train())
          .withMessageStartingWith(
              "head retraining: more than one layer is called \"Linear\"; the linear layers");
    }
  }

  @Test
  void should_say_so_if_the_layer_is_not_the_last() throws Exception {
    try (Model model = trained(network())) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> HeadRetraining.of(model, "02Linear", trainSet(), new CrossEntropy()).train())
          .withMessageContaining("02Linear");
    }
  }

  @Test
  void should_say_what_to_take_out_if_a_softmax_follows() throws Exception {
    SequentialBlock network =
        network().add(LambdaBlock.singleton(logits -> logits.softmax(1), "softmax"));
    try (Model model = trained(network)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HeadRetraining.of(model, LAST, trainSet(), new CrossEntropy()).train())
          .withMessageContaining("something changes what 05Linear puts out")
          .withMessageContaining("raw logits");
    }
  }

  @Test
  void should_name_the_example_whose_label_is_no_class() throws Exception {
    SyntheticLongTail.Sample sample = DATA.train();
    int[] labels = sample.labels().clone();
    labels[17] = 3;
    try (Model model = trained(network())) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  HeadRetraining.of(
                          model, LAST, dataset(sample.features(), labels), new CrossEntropy())
                      .train())
          .withMessageContaining("label 3 outside 0..2");
    }
  }

  @Test
  void should_want_a_model_with_weights() {
    try (Model model = Model.newInstance("empty")) {
      List<Block> blocks = Arrays.asList(null, network());
      for (Block block : blocks) {
        model.setBlock(block);
        assertThatIllegalArgumentException()
            .isThrownBy(
                () -> HeadRetraining.of(model, LAST, trainSet(), new CrossEntropy()).train())
            .withMessage(
                "head retraining: the model has no block with weights; load or train it first");
      }
    }
  }

  @Test
  void should_check_its_settings() {
    try (Model model = Model.newInstance("mine")) {
      HeadRetraining retraining = HeadRetraining.of(model, LAST, trainSet(), new CrossEntropy());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> retraining.withEpochs(0))
          .withMessage("epochs: expected >= 1, is 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> retraining.withLearningRate(Double.NaN))
          .withMessage("learningRate: expected > 0, is NaN");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> retraining.withWeightDecay(-1))
          .withMessage("weightDecay: expected >= 0, is -1.0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> retraining.withBatchSize(0))
          .withMessage("batchSize: expected >= 1, is 0");
    }
  }
}
