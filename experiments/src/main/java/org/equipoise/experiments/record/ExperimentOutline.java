package org.equipoise.experiments.record;

import java.util.List;

/**
 * What an experiment set out to do: with it a report knows which runs are missing.
 *
 * @param experiment the experiment's name
 * @param baseline the arm that the others are compared with
 * @param runs every run, in the order of the plan
 * @param conflicts between parts, in the order of the plan; none in outlines of earlier builds
 */
public record ExperimentOutline(
    String experiment, String baseline, List<OutlinedRun> runs, List<Conflict> conflicts) {

  /** The name of the outline's file in the folder of the experiment. */
  public static final String FILE = "experiment.json";

  /** Copies the lists and checks that the baseline is one of the arms. */
  public ExperimentOutline {
    runs = List.copyOf(runs);
    conflicts = List.copyOf(conflicts);
    if (runs.stream().noneMatch(run -> run.arm().equals(baseline))) {
      throw new IllegalArgumentException(
          "baseline: expected one of " + armsOf(runs) + ", got \"" + baseline + "\"");
    }
  }

  /**
   * Returns the arms, in the order of the plan.
   *
   * @return the arms' ids, each once
   */
  public List<String> arms() {
    return armsOf(runs);
  }

  /**
   * Returns the seeds, in the order of the plan.
   *
   * @return the seeds, each once
   */
  public List<Long> seeds() {
    return runs.stream().map(OutlinedRun::seed).distinct().toList();
  }

  private static List<String> armsOf(List<OutlinedRun> runs) {
    return runs.stream().map(OutlinedRun::arm).distinct().toList();
  }

  /**
   * One run that was planned.
   *
   * @param runId the hash of the resolved run
   * @param arm the arm's id
   * @param seed the seed
   */
  public record OutlinedRun(String runId, String arm, long seed) {

    /**
     * Returns the name of the run's folder.
     *
     * @return arm, seed and run id, as in {@code softmax-s1-0123456789abcdef}
     */
    public String folder() {
      return arm + "-s" + seed + "-" + runId;
    }
  }
}
