package org.equipoise.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.SgdStep;
import org.equipoise.losses.BalancedSigmoid;
import org.equipoise.losses.FocalSigmoid;
import org.equipoise.testkit.GradientCheck;
import org.equipoise.testkit.TestSeed;
import org.junit.jupiter.api.Test;

class MetaReweighterTest {

  private static final int CLASSES = 3;
  private static final int[] IDS = {0, 3, 1, 0, 3, 0, 1};
  private static final int[] META = {2, 0, 3, 1, 1};
  private static final TrainStatistics TRAIN =
      new TrainStatistics(
          ClassCounts.of(600, 80, 9), Optional.of(ClassCounts.of(500, 70, 8)), 1000);

  private static PerExampleLoss bound(LossSpec spec) {
    return (PerExampleLoss) spec.bind(TRAIN);
  }

  private static PerExampleLoss plain() {
    return bound(new FocalSigmoid(OptionalDouble.empty(), 0));
  }

  private static Targets.Regions regions(NDManager manager, int[] ids) {
    return new Targets.Regions(
        manager.create(Arrays.stream(ids).asLongStream().toArray()), CLASSES);
  }

  private record Detector(
      NDArray rows,
      NDArray bias,
      NDArray velocity,
      NDArray features,
      NDArray metaFeatures,
      NDArray byLogits) {

    static Detector random(NDManager manager, RandomGenerator random) {
      NDArray rows = HeadToy.gaussian(manager, random, CLASSES, 4);
      NDArray bias = HeadToy.gaussian(manager, random, CLASSES);
      NDArray features = HeadToy.gaussian(manager, random, IDS.length, 4);
      Targets targets = regions(manager, IDS);
      PerExampleLoss trained = bound(new BalancedSigmoid());
      double[] byLogits =
          GradientCheck.autograd(
              features.matMul(rows.transpose()).add(bias),
              z -> trained.perExample(LossInput.of(z, targets)).mean());
      return new Detector(
          rows,
          bias,
          HeadToy.gaussian(manager, random, CLASSES, 4),
          features,
          HeadToy.gaussian(manager, random, META.length, 4),
          manager.create(byLogits, new Shape(IDS.length, CLASSES)));
    }

    LookAhead.Classifier classifier() {
      return new LookAhead.Classifier(
          new SgdStep(rows, Optional.of(velocity), 2, 0.9, 0.01, false),
          Optional.of(new SgdStep(bias, Optional.empty(), 2, 0.9, 0.01, false)));
    }

    LookAhead.Labelled meta() {
      NDManager manager = rows.getManager();
      return new LookAhead.Labelled(metaFeatures, regions(manager, META).ids());
    }

    /** The meta loss after the step, written down once more, for given numbers under the rates. */
    NDArray judged(NDArray logits, PerExampleLoss judge) {
      NDManager manager = rows.getManager();
      NDArray rates = logits.neg().exp().add(1).pow(-1);
      NDArray each =
          rates
              .concat(manager.zeros(new Shape(1), rates.getDataType()))
              .get(manager.create(Arrays.stream(IDS).asLongStream().toArray()));
      NDArray background =
          regions(manager, IDS).ids().eq(CLASSES).toType(rates.getDataType(), true);
      NDArray weights = each.mul(background.neg().add(1).sum()).div(each.sum()).add(background);
      NDArray gradient = byLogits.mul(weights.expandDims(1));
      NDArray w = classifier().rows().after(gradient.transpose().matMul(features));
      NDArray b = classifier().bias().orElseThrow().after(gradient.sum(new int[] {0}));
      NDArray z = metaFeatures.matMul(w.transpose()).add(b);
      return judge.perExample(LossInput.of(z, regions(manager, META))).mean();
    }
  }

  // Adam's averages after one step are 0.1 and 0.001 times the gradient and its square.
  @Test
  void should_move_by_the_gradient_of_finite_differences() {
    TestSeed.run(
        streams -> {
          for (PerExampleLoss judge :
              new PerExampleLoss[] {plain(), bound(new BalancedSigmoid())}) {
            try (NDManager manager = NDManager.newBaseManager()) {
              Detector detector = Detector.random(manager, streams.stream("detector"));
              double[] start = {0.4, -0.7, 0.2};
              MetaReweighter reweighter = new MetaReweighter(CLASSES, 0.01, judge);
              reweighter.restore(Arrays.copyOf(start, 3 * CLASSES + 1));
              double[] expected =
                  GradientCheck.centralDifferences(
                      manager.create(start), logits -> detector.judged(logits, judge));

              double loss =
                  reweighter.update(
                      detector.classifier(),
                      detector.features(),
                      detector.byLogits(),
                      IDS,
                      detector.meta());

              double[] state = reweighter.state();
              for (int c = 0; c < CLASSES; c++) {
                assertThat(state[CLASSES + c]).isCloseTo(0.1 * expected[c], within(1e-8));
                if (Math.abs(expected[c]) > 1e-5) {
                  assertThat(state[c] - start[c])
                      .isCloseTo(-0.01 * Math.signum(expected[c]), within(1e-4));
                }
              }
              assertThat(loss)
                  .isCloseTo(
                      detector.judged(manager.create(start), judge).getDouble(), within(1e-12));
            }
          }
        });
  }

  @Test
  void should_weigh_all_regions_alike_at_first_and_foreground_by_its_number_always() {
    MetaReweighter reweighter = new MetaReweighter(CLASSES, 0.01, plain());
    assertThat(reweighter.weights(IDS)).containsOnly(1);

    double[] state = reweighter.state();
    state[0] = -2;
    state[1] = 1;
    reweighter.restore(state);

    double[] weights = reweighter.weights(IDS);
    double ratio = (1 + Math.exp(2)) / (1 + Math.exp(-1));
    assertThat(weights[2] / weights[0]).isCloseTo(ratio, within(1e-12));
    assertThat(weights[1]).isEqualTo(1);
    assertThat(Arrays.stream(weights).sum()).isCloseTo(IDS.length, within(1e-12));
  }

  @Test
  void should_learn_nothing_from_a_batch_of_background() {
    TestSeed.run(
        streams -> {
          try (NDManager manager = NDManager.newBaseManager()) {
            Detector detector = Detector.random(manager, streams.stream("detector"));
            MetaReweighter reweighter = new MetaReweighter(CLASSES, 0.01, plain());
            int[] background = new int[IDS.length];
            Arrays.fill(background, CLASSES);

            reweighter.update(
                detector.classifier(),
                detector.features(),
                detector.byLogits(),
                background,
                detector.meta());

            assertThat(Arrays.copyOf(reweighter.state(), CLASSES)).containsOnly(0);
          }
        });
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetaReweighter(0, 0.01, plain()))
        .withMessage("classes: must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetaReweighter(3, 0, plain()))
        .withMessage("learningRate: must be > 0 and finite, was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetaReweighter(3, 0.01, plain()).weights(new int[] {4}))
        .withMessage("meta reweighter: a region has class 4 outside 0..3");
  }
}
