package org.equipoise.experiments.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.config.ArmConfig;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.json.CanonicalJson;
import org.equipoise.experiments.stage.StageKeys;

/** Plans runs. Safe for use by several threads. */
public final class Planner {

  private static final int RUN_ID_LENGTH = 16;

  private final ObjectMapper mapper;
  private final StageKeys keys;

  /**
   * Plans runs of registered parts.
   *
   * @param mapper a mapper that knows the parts
   * @param keys computes the keys of stages
   */
  @Inject
  public Planner(ObjectMapper mapper, StageKeys keys) {
    this.mapper = mapper;
    this.keys = keys;
  }

  /**
   * Plans all runs of an experiment.
   *
   * @param config the experiment
   * @param data its data set, read
   * @return the plan
   * @throws PlanException if the stages of a method make no chain, a method or a part of one
   *     refuses the data, or an augmentation or the backbone does not take what the data set has;
   *     it says all of it
   */
  public ExperimentPlan plan(ExperimentConfig config, LabelledData data) {
    List<PlannedRun> runs = new ArrayList<>();
    List<String> problems = InputRules.problems(config, data);
    List<BoundArm> arms = new ArrayList<>();
    for (ArmConfig arm : config.arms()) {
      try {
        List<PlannedRun> ofArm =
            config.seeds().stream().map(seed -> plan(RunSpec.of(config, arm, seed), data)).toList();
        runs.addAll(ofArm);
        arms.add(BoundArm.of(arm, ofArm.get(0), data));
      } catch (PlanException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
    return new ExperimentPlan(config, runs, Conflicts.of(arms));
  }

  /**
   * Plans one run.
   *
   * @param spec the run
   * @param data its data set, read
   * @return the run with its stages, equal to the one in the plan of the whole experiment
   * @throws PlanException if the stages of the method make no chain, or the method refuses the data
   */
  public PlannedRun plan(RunSpec spec, LabelledData data) {
    ClassCounts counts = ClassCounts.ofLabels(data.train().labels(), data.classes());
    TrainStatistics statistics = TrainStatistics.of(counts);
    try {
      List<PlannedStage> stages =
          new StageChain(spec, data, keys).of(spec.method().stages(statistics));
      return new PlannedRun(spec, runId(spec), statistics, stages);
    } catch (IllegalArgumentException e) {
      String who = "arm \"" + spec.arm() + "\", method \"" + spec.method().typeName() + "\": ";
      throw new PlanException(List.of(who + e.getMessage()));
    }
  }

  /**
   * Returns the id of a run: it is the same on every machine, and the same whatever experiment and
   * arm are called.
   *
   * @param spec the run
   * @return 16 hex digits
   */
  public String runId(RunSpec spec) {
    ObjectNode content = mapper.valueToTree(spec);
    content.remove(List.of("experiment", "arm"));
    return new CanonicalJson(mapper).sha256(content).substring(0, RUN_ID_LENGTH);
  }
}
