package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.equipoise.api.data.FeatureExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.Identity;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.Meta;
import org.equipoise.samplers.NoiseLevel;
import org.equipoise.testkit.SyntheticLongTail;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the Meta Sampler does on data whose best balanced classifier is known, with a linear head
 * that is rich enough for it.
 *
 * <p>Distances are total variation between shares of draws, n_c rho_c / sum. The gradient looks one
 * step ahead only, so where it settles is not the optimum of the whole training: what is asked for
 * are directions, with room.
 */
@Tag("slow")
class LearnedRatesTest {

  private static final int EPOCHS = 60;
  private static final ClassCounts COUNTS = ClassCounts.of(1000, 316, 100, 32, 10);
  private static final double[] INSTANCE_BALANCED = COUNTS.prior().toArray();
  private static final double[] CLASS_BALANCED = {0.2, 0.2, 0.2, 0.2, 0.2};
  private static final double APART = distance(INSTANCE_BALANCED, CLASS_BALANCED);

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  // Plain cross-entropy leaves the whole correction of the prior to the sampler.
  @ParameterizedTest
  @EnumSource
  void should_move_towards_class_balance_if_the_loss_is_cross_entropy(NoiseLevel level)
      throws IOException {
    double[] learned = assertBalancedLossFalls(new CrossEntropy(), level, 0);

    assertThat(distance(learned, CLASS_BALANCED)).isLessThan(0.75 * APART);
    assertThat(distance(learned, INSTANCE_BALANCED)).isGreaterThan(0.25 * APART);
  }

  @ParameterizedTest
  @EnumSource
  void should_stay_near_instance_balance_if_the_loss_is_balanced_softmax(NoiseLevel level)
      throws IOException {
    double[] learned = assertBalancedLossFalls(new BalancedSoftmax(), level, 0);

    assertThat(distance(learned, INSTANCE_BALANCED)).isLessThan(0.2 * APART);
  }

  @ParameterizedTest
  @EnumSource
  void should_come_back_to_instance_balance_if_the_loss_is_balanced_softmax(NoiseLevel level)
      throws IOException {
    double[] learned = assertBalancedLossFalls(new BalancedSoftmax(), level, 1);

    assertThat(distance(learned, INSTANCE_BALANCED)).isLessThan(0.4 * APART);
  }

  /** Trains one epoch and all, compares the balanced test loss, and returns the learned shares. */
  private double[] assertBalancedLossFalls(LossSpec loss, NoiseLevel level, double initPow)
      throws IOException {
    double early = balancedLoss(task(loss, level, initPow, 1), "early", new Events());
    Events events = new Events();
    double late = balancedLoss(task(loss, level, initPow, EPOCHS), "late", events);

    assertThat(late).isLessThan(early);
    ClassRates last = events.epochs.get(EPOCHS - 1).classRates().orElseThrow();
    return last.classes().stream().mapToDouble(share -> share).toArray();
  }

  private double balancedLoss(StageTask task, String name, Events events) throws IOException {
    new StageTrainer().train(task, folder.resolve(name), events, () -> false);
    Predictions test = new Predictor().predict(task, folder.resolve(name));
    double sum = 0;
    for (int i = 0; i < test.size(); i++) {
      double exponentials = 0;
      for (int c = 0; c < test.classes(); c++) {
        exponentials += Math.exp(test.logits()[i * test.classes() + c]);
      }
      sum += Math.log(exponentials) - test.logits()[i * test.classes() + test.labels()[i]];
    }
    return sum / test.size();
  }

  private static StageTask task(LossSpec loss, NoiseLevel level, double initPow, int epochs) {
    SyntheticLongTail data = new SyntheticLongTail(COUNTS, 2.5, new RandomStreams(7));
    Meta meta = new Meta(level, initPow, 1, 0.02, OptionalInt.empty(), Optional.empty());
    return new StageTask(
        StageSpec.of("classifier", loss, meta),
        new ModelConfig(new Identity(), new Linear()),
        new TrainingConfig(
            epochs,
            128,
            new Sgd(0.1, 0.9, 5e-4, false, true),
            new Constant(),
            List.of(),
            OptionalDouble.empty(),
            Optional.empty()),
        new LabelledData(
            features(data.train()),
            features(data.test(500)),
            List.of("a", "b", "c", "d", "e"),
            COUNTS,
            new TreeMap<>()),
        TrainStatistics.of(COUNTS),
        3,
        Optional.empty(),
        Path.of("no-files"));
  }

  private static FeatureExamples features(SyntheticLongTail.Sample sample) {
    return new FeatureExamples(sample.features(), sample.dimension(), sample.labels());
  }

  private static double distance(double[] p, double[] q) {
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      sum += Math.abs(p[c] - q[c]) / 2;
    }
    return sum;
  }
}
