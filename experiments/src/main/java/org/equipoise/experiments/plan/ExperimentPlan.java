package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.stage.StageKey;

/**
 * Every run of an experiment, before any of it happens. Immutable.
 *
 * @param config the config, with every default spelled out
 * @param runs the runs: arm by arm in the order of the config, and within an arm seed by seed
 * @param conflicts parts that work against each other, in the order of arms and stages
 */
public record ExperimentPlan(
    ExperimentConfig config, List<PlannedRun> runs, List<Conflict> conflicts) {

  /** Copies the lists. */
  public ExperimentPlan {
    runs = List.copyOf(runs);
    conflicts = List.copyOf(conflicts);
  }

  /**
   * Returns the plan as a table.
   *
   * @return one row for each run, in their order
   */
  public List<Row> rows() {
    Map<StageKey, String> first = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (PlannedRun run : runs) {
      List<Cell> cells = new ArrayList<>();
      for (PlannedStage stage : run.stages()) {
        Optional<String> other = Optional.ofNullable(first.putIfAbsent(stage.key(), run.label()));
        // Two stages of one run may be one computation too.
        Optional<String> shared = other.filter(label -> !label.equals(run.label()));
        cells.add(new Cell(stage.stage().name(), stage.key(), shared));
      }
      rows.add(new Row(run.runId(), run.spec().arm(), run.spec().seed(), cells));
    }
    return rows;
  }

  /** Returns the rows as lines of text. */
  @Override
  public String toString() {
    return rows().stream().map(Row::toString).collect(Collectors.joining("\n"));
  }

  /**
   * One run.
   *
   * @param runId its id
   * @param arm its arm
   * @param seed its seed
   * @param stages its stages, in order
   */
  public record Row(String runId, String arm, long seed, List<Cell> stages) {

    /** Copies the list. */
    public Row {
      stages = List.copyOf(stages);
    }

    @Override
    public String toString() {
      return runId
          + "  "
          + arm
          + "/"
          + seed
          + "  "
          + stages.stream().map(Cell::toString).collect(Collectors.joining(", "));
    }
  }

  /**
   * One stage of a run.
   *
   * @param name its name
   * @param key its key
   * @param sharedWith the first run of the plan that needs the same stage, as {@code arm/seed}, if
   *     that is another one
   */
  public record Cell(String name, StageKey key, Optional<String> sharedWith) {

    @Override
    public String toString() {
      return name
          + " "
          + key.brief()
          + sharedWith.map(label -> " (shared with " + label + ")").orElse("");
    }
  }
}
