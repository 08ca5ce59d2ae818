package org.equipoise.evaluation.classification;

import org.equipoise.testkit.PredictionsMetricContract;
import org.junit.jupiter.api.Nested;

/** Every metric keeps to the contract of metrics. */
class MetricContractsTest {

  @Nested
  class OfAuroc implements PredictionsMetricContract<ScoredLabels> {

    @Override
    public Auroc spec() {
      return new Auroc();
    }

    @Override
    public String expectedTypeName() {
      return "auroc";
    }
  }

  @Nested
  class OfBalancedAccuracy implements PredictionsMetricContract<ClassTally> {

    @Override
    public BalancedAccuracy spec() {
      return new BalancedAccuracy();
    }

    @Override
    public String expectedTypeName() {
      return "balanced-accuracy";
    }
  }

  @Nested
  class OfBrierScore implements PredictionsMetricContract<LossSum> {

    @Override
    public BrierScore spec() {
      return new BrierScore();
    }

    @Override
    public String expectedTypeName() {
      return "brier-score";
    }
  }

  @Nested
  class OfClassWiseCalibrationError implements PredictionsMetricContract<ClassWiseBins> {

    @Override
    public ClassWiseCalibrationError spec() {
      return new ClassWiseCalibrationError(7);
    }

    @Override
    public String expectedTypeName() {
      return "class-wise-calibration-error";
    }
  }

  @Nested
  class OfConfusion implements PredictionsMetricContract<ConfusionCounts> {

    @Override
    public Confusion spec() {
      return new Confusion();
    }

    @Override
    public String expectedTypeName() {
      return "confusion";
    }
  }

  @Nested
  class OfExpectedCalibrationError implements PredictionsMetricContract<ReliabilityBins> {

    @Override
    public ExpectedCalibrationError spec() {
      return new ExpectedCalibrationError(7);
    }

    @Override
    public String expectedTypeName() {
      return "expected-calibration-error";
    }
  }

  @Nested
  class OfGeometricMeanRecall implements PredictionsMetricContract<ClassTally> {

    @Override
    public GeometricMeanRecall spec() {
      return new GeometricMeanRecall();
    }

    @Override
    public String expectedTypeName() {
      return "geometric-mean-recall";
    }
  }

  @Nested
  class OfHarmonicMeanRecall implements PredictionsMetricContract<ClassTally> {

    @Override
    public HarmonicMeanRecall spec() {
      return new HarmonicMeanRecall();
    }

    @Override
    public String expectedTypeName() {
      return "harmonic-mean-recall";
    }
  }

  @Nested
  class OfMacroF1 implements PredictionsMetricContract<ClassTally> {

    @Override
    public MacroF1 spec() {
      return new MacroF1();
    }

    @Override
    public String expectedTypeName() {
      return "macro-f1";
    }
  }

  @Nested
  class OfNegativeLogLikelihood implements PredictionsMetricContract<LossSum> {

    @Override
    public NegativeLogLikelihood spec() {
      return new NegativeLogLikelihood(1e-3);
    }

    @Override
    public String expectedTypeName() {
      return "negative-log-likelihood";
    }
  }

  @Nested
  class OfPerClassRecall implements PredictionsMetricContract<ClassTally> {

    @Override
    public PerClassRecall spec() {
      return new PerClassRecall();
    }

    @Override
    public String expectedTypeName() {
      return "per-class-recall";
    }
  }

  @Nested
  class OfShotAccuracy implements PredictionsMetricContract<ShotTally> {

    @Override
    public ShotAccuracy spec() {
      return new ShotAccuracy();
    }

    @Override
    public String expectedTypeName() {
      return "shot-accuracy";
    }
  }

  @Nested
  class OfTopK implements PredictionsMetricContract<HitCount> {

    @Override
    public TopK spec() {
      return new TopK(2);
    }

    @Override
    public String expectedTypeName() {
      return "top-k";
    }
  }

  @Nested
  class OfWorstClassRecall implements PredictionsMetricContract<ClassTally> {

    @Override
    public WorstClassRecall spec() {
      return new WorstClassRecall();
    }

    @Override
    public String expectedTypeName() {
      return "worst-class-recall";
    }
  }
}
