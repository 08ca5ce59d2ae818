package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.LossSpec;
import org.junit.jupiter.api.Test;

/**
 * What a config means that names a part and nothing else.
 *
 * <p>Written down by hand from the papers and their released code, which the javadoc of each no-arg
 * constructor names: the page of all parts is made of the records and would follow a changed one.
 */
class PublishedDefaultsTest {

  @Test
  void should_be_those_of_every_loss() {
    assertThat(defaults(LossSpec.class))
        .containsExactlyInAnyOrder(
            "Bags[bounds=[10, 100, 1000], othersRatio=8.0, counts=INSTANCE]",
            "BalancedSigmoid[keepConstant=false, prior=TRAIN_COUNTS]",
            "BalancedSoftmax[tau=1.0, prior=TRAIN_COUNTS]",
            "Cdt[gamma=0.2]",
            "CosineDistillation[alpha=OptionalDouble[0.4], beta=100.0]",
            "CrossEntropy[labelSmoothing=0.0]",
            "EqlV1[lambda=0.00177, gamma=1.0, counts=IMAGE]",
            "Eqlv2[gamma=12.0, mu=0.8, alpha=4.0]",
            "Federated[classes=50, power=0.5, counts=IMAGE]",
            "FocalSigmoid[alpha=OptionalDouble.empty, gamma=2.0]",
            "FocalSoftmax[alpha=[], gamma=2.0]",
            "InfluenceBalanced[alpha=1000.0, epsilon=0.001]",
            "KlDistillation[temperature=2.0, multiplyByTemperatureSquared=true]",
            "LabelAwareSmoothing[shape=CONCAVE, smoothHead=0.3, smoothTail=0.0,"
                + " power=OptionalDouble.empty]",
            "Lade[alpha=0.1, lambda=0.01, countEpsilon=0.0, priorEpsilon=0.0, prior=TRAIN_COUNTS]",
            "Ldam[maxMargin=0.5, scale=30.0, logitsAlreadyScaled=false]",
            "RegionLoss[loss=BalancedSoftmax[tau=1.0, prior=TRAIN_COUNTS],"
                + " background=UnshiftedColumn[], counts=INSTANCE]",
            "Seesaw[p=0.8, q=2.0, epsilon=0.01, averageFactor=OptionalDouble.empty]",
            "Seql[lambda=0.005, gamma=0.9]",
            "Vs[gamma=0.15, tau=1.25, prior=TRAIN_COUNTS]");
  }

  @Test
  void should_be_those_of_every_class_weighting() {
    assertThat(defaults(ClassWeightingSpec.class))
        .containsExactlyInAnyOrder(
            "DeferredReweighting[weighting=EffectiveNumber[beta=0.9999, normalisation=CLASS_MEAN],"
                + " startEpoch=160]",
            "EffectiveNumber[beta=0.9999, normalisation=CLASS_MEAN]",
            "GeneralisedReweight[rho=1.2, normalisation=CLASS_MEAN]",
            "InverseFrequency[normalisation=CLASS_MEAN]");
  }

  private static Stream<String> defaults(Class<?> spi) {
    return ServiceLoader.load(spi).stream().map(part -> part.get().toString());
  }
}
