package org.equipoise.experiments.registry;

import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.Named;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.loss.ClassWeightingSpec;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.training.OptimizerSpec;
import org.equipoise.api.training.ScheduleSpec;

/** A kind of part that plug-ins can add: one SPI. */
public enum PartKind {
  /** Methods: lists of stages. */
  METHOD("methods", "method", MethodSpec.class),
  /** Losses. */
  LOSS("losses", "loss", LossSpec.class),
  /** Class weightings. */
  WEIGHTING("weightings", "weighting", ClassWeightingSpec.class),
  /** Samplers. */
  SAMPLER("samplers", "sampler", SamplerSpec.class),
  /** Classifier heads. */
  HEAD("heads", "head", HeadSpec.class),
  /** Backbones. */
  BACKBONE("backbones", "backbone", BackboneSpec.class),
  /** Data sets. */
  DATASET("datasets", "dataset", DatasetSpec.class),
  /** Random changes of training images. */
  AUGMENTATION("augmentations", "augmentation", AugmentationSpec.class),
  /** Changes of whole training batches. */
  BATCH_TRANSFORM("batch-transforms", "batch transform", BatchTransformSpec.class),
  /** Optimizers. */
  OPTIMIZER("optimizers", "optimizer", OptimizerSpec.class),
  /** Learning-rate schedules. */
  SCHEDULE("schedules", "schedule", ScheduleSpec.class),
  /** Metrics. */
  METRIC("metrics", "metric", MetricSpec.class);

  private final String id;
  private final String noun;
  private final Class<? extends Named> spi;

  PartKind(String id, String noun, Class<? extends Named> spi) {
    this.id = id;
    this.noun = noun;
    this.spi = spi;
  }

  /**
   * Returns the name of the kind on the command line.
   *
   * @return a plural in kebab-case, such as {@code batch-transforms}
   */
  public String id() {
    return id;
  }

  /**
   * Returns what messages call one part of the kind.
   *
   * @return a singular, such as {@code batch transform}
   */
  public String noun() {
    return noun;
  }

  /**
   * Returns the interface that parts of the kind implement.
   *
   * @return the SPI
   */
  public Class<? extends Named> spi() {
    return spi;
  }

  /**
   * Returns the kind of a command-line name.
   *
   * @param id a name as from {@link #id()}
   * @return the kind, if there is one of that name
   */
  public static Optional<PartKind> ofId(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
  }

  /**
   * Returns the kind that an interface stands for.
   *
   * @param type any class
   * @return the kind, if the class is the SPI of one
   */
  public static Optional<PartKind> ofSpi(Class<?> type) {
    return Arrays.stream(values()).filter(kind -> kind.spi == type).findFirst();
  }
}
