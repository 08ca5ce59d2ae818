package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.model.FittedHeadSpec;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.stage.Computation;
import org.equipoise.experiments.stage.StageKeys;

/** Turns the stages of a method into stages of a run, each after the one that it starts from. */
final class StageChain {

  private final RunSpec spec;
  private final LabelledData data;
  private final StageKeys keys;
  private final Map<String, PlannedStage> earlier = new LinkedHashMap<>();

  StageChain(RunSpec spec, LabelledData data, StageKeys keys) {
    this.spec = spec;
    this.data = data;
    this.keys = keys;
  }

  List<PlannedStage> of(List<StageSpec> stages) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("it has no stages; expected at least one");
    }
    List<String> names = stages.stream().map(StageSpec::name).toList();
    for (StageSpec stage : stages) {
      if (earlier.containsKey(stage.name())) {
        throw new IllegalArgumentException("two stages are called \"" + stage.name() + "\"");
      }
      earlier.put(stage.name(), plan(stage, names));
    }
    return new ArrayList<>(earlier.values());
  }

  private PlannedStage plan(StageSpec stage, List<String> names) {
    Optional<PlannedStage> start = start(stage, names);
    ModelConfig model = spec.model().withHead(stage.head().orElse(spec.model().head()));
    if (model.head() instanceof FittedHeadSpec && !stage.trainsNothing()) {
      throw new IllegalArgumentException(
          "stage \""
              + stage.name()
              + "\": head \""
              + model.head().typeName()
              + "\" is computed from features, not trained; use the method of that name");
    }
    stage.requireLookAhead(spec.model().head());
    TrainingConfig training = training(stage, model);
    Computation computation =
        new Computation(
            stage,
            model,
            training,
            spec.dataset(),
            data.fingerprints(),
            spec.selection(),
            start.map(PlannedStage::key),
            spec.seed(),
            spec.threads());
    return new PlannedStage(
        stage,
        model,
        training,
        keys.of(computation),
        computation.start(),
        start.map(before -> before.depth() + 1).orElse(0),
        spec.seed());
  }

  private Optional<PlannedStage> start(StageSpec stage, List<String> names) {
    if (!(stage.start() instanceof Start.After after)) {
      return Optional.empty();
    }
    PlannedStage before = earlier.get(after.stage());
    if (before == null) {
      String why =
          names.contains(after.stage())
              ? "which does not come before it"
              : "which does not exist; stages: " + String.join(", ", names);
      throw new IllegalArgumentException(
          "stage \"" + stage.name() + "\" starts after \"" + after.stage() + "\", " + why);
    }
    return Optional.of(before);
  }

  private TrainingConfig training(StageSpec stage, ModelConfig model) {
    TrainingConfig shared = spec.training();
    return new TrainingConfig(
        stage.epochs().orElse(shared.epochs()),
        shared.batchSize(),
        stage.learningRate().isPresent()
            ? shared.optimizer().withLearningRate(stage.learningRate().getAsDouble())
            : shared.optimizer(),
        stage.schedule().orElse(shared.schedule()),
        shared.augmentation(),
        shared.gradientClip(),
        shared.averaging(),
        shared.frozenFeatures().of(stage, model));
  }
}
