package org.equipoise.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.PlannedStage;
import org.equipoise.experiments.plan.RunSpec;
import org.equipoise.experiments.stage.CodeFingerprint;
import org.equipoise.experiments.stage.PartClasses;
import org.equipoise.experiments.stage.TrainingCode;
import org.equipoise.experiments.training.FeatureCache;
import org.equipoise.experiments.training.Predictor;
import org.equipoise.experiments.training.StageTrainer;

/** The code that a run's results come from. */
public final class RunCode {

  private RunCode() {}

  /**
   * Returns what trains the stages in this process and in workers.
   *
   * <p>Starts the engine.
   *
   * @return the trainer, and the engine with its version
   */
  public static TrainingCode training() {
    return new TrainingCode(StageTrainer.class, TorchEngine.version());
  }

  /**
   * Returns what computes features of a run's frozen backbones: engine, threads, and the code of
   * backbone, augmentations and computation.
   */
  static String ofFeatures(RunSpec spec) {
    List<Class<?>> roots =
        new ArrayList<>(PartClasses.in(spec.model().backbone(), spec.training().augmentation()));
    roots.add(FeatureCache.class);
    return TorchEngine.version()
        + ", threads "
        + spec.threads()
        + ", "
        + CodeFingerprint.of(roots.toArray(Class<?>[]::new));
  }

  /**
   * Returns SHA-256 (hex) of the code of all parts of a run and of what trains and evaluates it.
   */
  static SortedMap<String, String> fingerprints(PlannedRun run) {
    SortedMap<String, String> fingerprints = new TreeMap<>();
    List<Object> stages = run.stages().stream().<Object>map(PlannedStage::stage).toList();
    for (Class<?> part : PartClasses.in(run.spec(), stages)) {
      fingerprints.put(part.getName(), CodeFingerprint.of(part));
    }
    for (Class<?> root : List.of(StageTrainer.class, Predictor.class)) {
      fingerprints.put(root.getName(), CodeFingerprint.of(root));
    }
    return fingerprints;
  }
}
