package org.equipoise.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.model.HeadSpec;
import org.junit.jupiter.api.Test;

/**
 * What a config means that names a part and nothing else.
 *
 * <p>Written down by hand from the papers and their released code, which the javadoc of each no-arg
 * constructor names: the page of all parts is made of the records and would follow a changed one.
 */
class PublishedDefaultsTest {

  @Test
  void should_be_those_of_every_head() {
    assertThat(defaults(HeadSpec.class))
        .containsExactlyInAnyOrder(
            "Cosine[scale=20.0, epsilon=1.0E-12]",
            "DisAlign[form=INTERPOLATE, bias=true]",
            "Linear[bias=true]",
            "Lws[bias=true]",
            "Ncm[features=CENTRED_UNIT, distance=EUCLIDEAN]",
            "SimplexEtf[scale=1.0]",
            "TauNorm[tau=1.0]");
  }

  @Test
  void should_be_those_of_every_method() {
    assertThat(defaults(MethodSpec.class))
        .containsExactlyInAnyOrder(
            "Balms[representationLoss=CrossEntropy[labelSmoothing=0.0],"
                + " classifierLoss=BalancedSoftmax[tau=1.0, prior=TRAIN_COUNTS],"
                + " classifierSampler=Meta[level=INSTANCE, initPow=0.0, temperature=1.0,"
                + " learningRate=0.01, metaBatchSize=OptionalInt.empty, metaLoss=Optional.empty,"
                + " metaData=TRAIN], epochs=OptionalInt.empty, learningRate=OptionalDouble[0.1],"
                + " schedule=Optional.empty]",
            "Crt[representationLoss=CrossEntropy[labelSmoothing=0.0],"
                + " classifierLoss=CrossEntropy[labelSmoothing=0.0],"
                + " classifierSampler=ClassBalanced[perClass=1, cycling=false], epochs=10,"
                + " learningRate=OptionalDouble.empty, schedule=Optional.empty]",
            "DisAlign[representationLoss=CrossEntropy[labelSmoothing=0.0],"
                + " classifierLoss=CrossEntropy[labelSmoothing=0.0],"
                + " weighting=GeneralisedReweight[rho=1.2, normalisation=CLASS_MEAN],"
                + " reduction=WEIGHT_MEAN, classifierSampler=InstanceBalanced[],"
                + " head=DisAlign[form=INTERPOLATE, bias=true], epochs=10,"
                + " learningRate=OptionalDouble.empty, schedule=Optional.empty]",
            "Lws[representationLoss=CrossEntropy[labelSmoothing=0.0],"
                + " classifierLoss=CrossEntropy[labelSmoothing=0.0],"
                + " classifierSampler=ClassBalanced[perClass=1, cycling=false],"
                + " head=Lws[bias=true], epochs=5, learningRate=OptionalDouble.empty,"
                + " schedule=Optional.empty]",
            "Ncm[representationLoss=CrossEntropy[labelSmoothing=0.0],"
                + " features=CENTRED_UNIT, distance=EUCLIDEAN]",
            "SingleStage[loss=CrossEntropy[labelSmoothing=0.0], sampler=InstanceBalanced[],"
                + " weighting=Optional.empty, reduction=BATCH_MEAN, head=Optional.empty,"
                + " batchTransforms=[]]",
            "TauNorm[representationLoss=CrossEntropy[labelSmoothing=0.0], tau=1.0]");
  }

  @Test
  void should_be_those_of_every_batch_transform() {
    assertThat(defaults(BatchTransformSpec.class))
        .containsExactlyInAnyOrder("Mixup[alpha=1.0]", "Remix[alpha=1.0, kappa=3.0, tau=0.5]");
  }

  private static Stream<String> defaults(Class<?> spi) {
    return ServiceLoader.load(spi).stream().map(part -> part.get().toString());
  }
}
