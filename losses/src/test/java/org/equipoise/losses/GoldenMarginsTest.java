package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.loss.WeightNormalisation;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenFiles;
import org.equipoise.testkit.golden.GoldenObject;
import org.equipoise.testkit.golden.GoldenTolerance;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The golden cases of losses with margins, temperatures and smoothing by class. */
@Tag("reference")
class GoldenMarginsTest {

  private static final double[] NO_WEIGHTS = {};

  @TestFactory
  Stream<DynamicNode> ldam() {
    return GoldenFiles.tests(
        "loss.ldam",
        golden -> {
          LossSpec spec =
              new Ldam(
                  golden.config().number("maxMargin"),
                  golden.config().number("scale"),
                  golden.config().flag("logitsAlreadyScaled"));
          Reduction reduction = GoldenLoss.reduction(golden.config().text("reduction"));
          EffectiveNumber weighting =
              new EffectiveNumber(golden.config().number("beta"), WeightNormalisation.CLASS_MEAN);
          if (refused(golden, spec)) {
            return;
          }
          double[] weights = weighting.weights(counts(golden));
          check(golden, spec, reduction, weights);
          GoldenObject outputs = golden.expected().object("outputs");
          output(outputs, "margins", explained(golden, spec, "margin"));
          output(outputs, "weights", weights);
        });
  }

  @TestFactory
  Stream<DynamicNode> vs() {
    return GoldenFiles.tests(
        "loss.vs",
        golden -> {
          double gamma = golden.config().number("gamma");
          double tau = golden.config().number("tau");
          LossSpec spec = new Vs(gamma, tau, PriorSource.TRAIN_COUNTS);
          if (refused(golden, spec)) {
            return;
          }
          check(golden, spec, Reduction.BATCH_MEAN, NO_WEIGHTS);
          output(
              golden.expected().object("outputs"),
              "temperatures",
              explained(golden, spec, "temperature"));
          if (tau == 0) {
            check(golden, new Cdt(gamma), Reduction.BATCH_MEAN, NO_WEIGHTS);
          }
          if (gamma == 0) {
            check(golden, new BalancedSoftmax(tau), Reduction.BATCH_MEAN, NO_WEIGHTS);
          }
        });
  }

  @TestFactory
  Stream<DynamicNode> label_aware_smoothing() {
    return GoldenFiles.tests(
        "loss.label_aware_smoothing",
        golden -> {
          OptionalDouble power = golden.config().optionalNumber("power");
          LossSpec spec =
              new LabelAwareSmoothing(
                  SmoothingShape.valueOf(golden.config().text("shape").toUpperCase(Locale.ROOT)),
                  golden.config().number("smoothHead"),
                  golden.config().number("smoothTail"),
                  power);
          if (refused(golden, spec)) {
            return;
          }
          check(golden, spec, Reduction.BATCH_MEAN, NO_WEIGHTS);
          output(
              golden.expected().object("outputs"),
              "smoothing",
              explained(golden, spec, "labelSmoothing"));
        });
  }

  @TestFactory
  Stream<DynamicNode> generalised_reweight() {
    return GoldenFiles.tests(
        "weights.generalised_reweight",
        golden -> {
          GeneralisedReweight weighting =
              new GeneralisedReweight(
                  golden.config().number("rho"), WeightNormalisation.CLASS_MEAN);
          if (golden.error().isPresent()) {
            assertThat(golden.error()).hasValue("ZERO_COUNT");
            golden.assertRefused(
                EmptyClassException.class,
                "no training example",
                () -> weighting.weights(counts(golden)));
            return;
          }
          output(golden.expected().object("outputs"), "weights", weighting.weights(counts(golden)));
        });
  }

  private static ClassCounts counts(GoldenCase golden) {
    return ClassCounts.of(golden.inputs().longs("counts"));
  }

  private static PerExampleLoss bind(GoldenCase golden, LossSpec spec) {
    return (PerExampleLoss) spec.bind(TrainStatistics.of(counts(golden)));
  }

  private static boolean refused(GoldenCase golden, LossSpec spec) {
    if (golden.error().isEmpty()) {
      return false;
    }
    assertThat(golden.error()).hasValue("ZERO_COUNT");
    golden.assertRefused(
        EmptyClassException.class, "no training example", () -> bind(golden, spec));
    return true;
  }

  private static void check(
      GoldenCase golden, LossSpec spec, Reduction reduction, double[] weights) {
    GoldenLoss.check(
        golden,
        new GoldenLoss.Setup(bind(golden, spec), reduction, weights, Targets.ClassIds::new));
  }

  private static double[] explained(GoldenCase golden, LossSpec spec, String number) {
    PerExampleLoss loss = bind(golden, spec);
    return IntStream.range(0, counts(golden).classes())
        .mapToDouble(c -> loss.explain(c).numbers().get(number))
        .toArray();
  }

  private static void output(GoldenObject outputs, String name, double[] got) {
    GoldenTolerance.doublePrecision().assertClose(name, got, outputs.vector(name));
  }
}
