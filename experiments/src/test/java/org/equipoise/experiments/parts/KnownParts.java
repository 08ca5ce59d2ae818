package org.equipoise.experiments.parts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.api.Named;
import org.equipoise.evaluation.classification.BalancedAccuracy;
import org.equipoise.evaluation.classification.Confusion;
import org.equipoise.evaluation.classification.PerClassRecall;
import org.equipoise.evaluation.classification.ShotAccuracy;
import org.equipoise.evaluation.classification.TopK;
import org.equipoise.experiments.data.FashionMnistLtMini;
import org.equipoise.experiments.data.augmentation.HorizontalFlip;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.models.Mlp;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.MultiStep;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.EffectiveNumber;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.losses.InverseFrequency;
import org.equipoise.methods.Crt;
import org.equipoise.methods.SingleStage;
import org.equipoise.methods.head.Linear;
import org.equipoise.methods.transform.Mixup;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;

/** A registry that does not change when a part is added to the project. */
public final class KnownParts {

  private KnownParts() {}

  /**
   * Returns some of the project's parts, and one sampler of a third party.
   *
   * @return the registry
   */
  public static Registry registry() {
    List<RegisteredPart> parts = new ArrayList<>();
    Stream.of(
            new Crt(),
            new SingleStage(),
            new BalancedSoftmax(),
            new CrossEntropy(),
            new FocalSoftmax(),
            new EffectiveNumber(),
            new InverseFrequency(),
            new ClassBalanced(),
            new InstanceBalanced(),
            new org.equipoise.methods.head.Cosine(),
            new Linear(),
            new Mlp(),
            new SmallCnn(),
            new FashionMnistLtMini(),
            new HorizontalFlip(),
            new PadCrop(),
            new Mixup(),
            new Sgd(),
            new Cosine(),
            new MultiStep(),
            new BalancedAccuracy(),
            new Confusion(),
            new PerClassRecall(),
            new ShotAccuracy(),
            new TopK())
        .map(Named.class::cast)
        .forEach(part -> parts.add(RegisteredPart.of(kindOf(part), part)));
    parts.add(
        new RegisteredPart(
            PartKind.SAMPLER, "acme/foo", new AcmeSampler(), "acme-samplers-1.2.jar"));
    return Registry.of(parts);
  }

  private static PartKind kindOf(Named part) {
    return Stream.of(PartKind.values())
        .filter(kind -> kind.spi().isInstance(part))
        .findFirst()
        .orElseThrow();
  }
}
