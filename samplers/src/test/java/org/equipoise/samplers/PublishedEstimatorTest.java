package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.tensor.Scalars;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradient of a meta step against the published computation, word for word: the one-hot matrix,
 * the noise and the softmax over all examples, and a gradient of a gradient through the step.
 */
class PublishedEstimatorTest {

  private static final LabelIndex SPLIT = Splits.ofCounts(23, 9, 4, 1);
  private static final int BATCH = 7;
  private static final double[] LOGITS = {-0.4, 0.3, 1.1, 0};

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 2})
  void should_equal_the_dense_gradient_of_a_gradient(double temperature) {
    TestSeed.run(
        streams -> {
          try (NDManager manager = NDManager.newBaseManager()) {
            RandomGenerator random = streams.stream("toy");
            HeadToy toy = HeadToy.random(manager, SPLIT, 5, new BalancedSoftmax(), random);
            double[][] noise = new double[BATCH][SPLIT.examples()];
            Arrays.stream(noise)
                .forEach(row -> Arrays.setAll(row, i -> -Math.log(1 - random.nextDouble())));
            LookAhead.Labelled meta = toy.labelled(new int[] {0, 24, 33, 36, 36, 12});

            LearnedRates rates = new LearnedRates("meta", new AdamRule(0.01), LOGITS);
            SoftDraw draw =
                SoftDraw.of(
                    new double[BATCH * SPLIT.classes()],
                    SPLIT,
                    rates.values(),
                    temperature,
                    NoiseLevel.INSTANCE,
                    BATCH,
                    given(noise));
            LookAhead.Labelled batch = toy.labelled(draw.examples());
            NDArray byLogits = toy.logitGradient(toy.input(batch));
            MetaGradient gradient =
                MetaGradient.of(
                    toy.classifier(),
                    MetaGradient.stepGradient(toy.classifier(), byLogits, batch.features()),
                    batch.features(),
                    byLogits,
                    meta,
                    MetaLoss.of("meta", Optional.empty(), SPLIT.counts()));

            double[] expected = published(toy, noise, temperature, draw.examples(), meta);
            assertThat(rates.byLogits(draw.gradientByLogRates(gradient.byExampleWeight())))
                .containsExactly(expected, within(1e-13));
          }
        });
  }

  private static double[] published(
      HeadToy toy, double[][] noise, double temperature, int[] drawn, LookAhead.Labelled meta) {
    NDManager manager = toy.features().getManager();
    double[] flat = Arrays.stream(noise).flatMapToDouble(Arrays::stream).toArray();
    NDArray gumbel = manager.create(flat, new Shape(BATCH, SPLIT.examples())).log().neg();
    long[] labels = new long[SPLIT.examples()];
    Arrays.setAll(labels, i -> SPLIT.labelsOf(i)[0]);
    NDArray oneHot = manager.create(labels).oneHot(4, DataType.FLOAT64);
    NDArray weights = manager.create(LOGITS);
    NDArray rows = toy.rows().duplicate();
    NDArray bias = toy.bias().duplicate();
    for (NDArray variable : List.of(weights, rows, bias)) {
      variable.setRequiresGradient(true);
    }
    try (GradientCollector recording = manager.getEngine().newGradientCollector()) {
      assertThat(recording).isNotNull();
      // log sigmoid, as minus softplus of minus.
      NDArray logRates = oneHot.matMul(weights.neg().exp().add(1).log().neg().expandDims(1));
      NDArray soft = Scalars.over(gumbel.add(logRates.transpose()), temperature).softmax(1);
      NDArray hard = soft.argMax(1).oneHot(SPLIT.examples(), DataType.FLOAT64);
      assertThat(soft.argMax(1).toLongArray())
          .isEqualTo(Arrays.stream(drawn).asLongStream().toArray());
      NDArray straightThrough = hard.sub(soft.stopGradient()).add(soft);
      NDArray ofDrawn = hard.mul(straightThrough).sum(new int[] {1});

      LookAhead.Labelled batch = toy.labelled(drawn);
      NDArray logits = batch.features().matMul(rows.transpose()).add(bias);
      NDArray each =
          ((PerExampleLoss) toy.loss())
              .perExample(LossInput.of(logits, new Targets.ClassIds(batch.labels())));
      NDArray inner = each.mul(ofDrawn).mean();
      JniUtils.backward(
          (PtNDArray) inner, (PtNDArray) manager.ones(new Shape(), DataType.FLOAT64), true, true);

      NDArray movedRows = sgd(rows, rows.getGradient(), toy.rowVelocity());
      NDArray movedBias = sgd(bias, bias.getGradient(), toy.biasVelocity());
      NDArray judged = meta.features().matMul(movedRows.transpose()).add(movedBias);
      NDArray column = meta.labels().expandDims(1);
      // What the first pass has left in it is a graph of its own: take the difference.
      double[] before = weights.getGradient().toDoubleArray();
      NDArray value = judged.logSoftmax(1).gather(column, 1).mean().neg();
      JniUtils.backward(
          (PtNDArray) value, (PtNDArray) manager.ones(new Shape(), DataType.FLOAT64), false, false);
      double[] after = weights.getGradient().toDoubleArray();
      Arrays.setAll(after, c -> after[c] - before[c]);
      return after;
    }
  }

  private static NDArray sgd(NDArray value, NDArray gradient, NDArray velocity) {
    NDArray moved =
        velocity.mul(HeadToy.MOMENTUM).add(gradient).add(value.mul(HeadToy.WEIGHT_DECAY));
    return value.sub(moved.mul(HeadToy.LEARNING_RATE));
  }

  private static Noise given(double[][] noise) {
    List<Double> all = new ArrayList<>();
    for (double[] row : noise) {
      for (int c = 0; c < SPLIT.classes(); c++) {
        for (int rank = 0; rank < SPLIT.count(c); rank++) {
          all.add(row[SPLIT.example(c, rank)]);
        }
      }
    }
    Iterator<Double> left = all.iterator();
    return new Noise() {
      @Override
      public double exponential() {
        return left.next();
      }

      @Override
      public double uniform() {
        throw new AssertionError("instances are drawn by the noise alone");
      }
    };
  }
}
