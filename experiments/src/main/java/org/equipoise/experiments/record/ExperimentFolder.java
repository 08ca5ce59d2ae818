package org.equipoise.experiments.record;

import java.nio.file.Path;

/**
 * Where an experiment keeps what.
 *
 * @param root the folder of the experiment
 */
public record ExperimentFolder(Path root) {

  /**
   * Returns the file that says what the experiment set out to do.
   *
   * @return the path of an {@link ExperimentOutline}
   */
  public Path outline() {
    return root.resolve(ExperimentOutline.FILE);
  }

  /**
   * Returns the folder with one folder for each run.
   *
   * @return a path
   */
  public Path runs() {
    return root.resolve("runs");
  }

  /**
   * Returns the folder of a run.
   *
   * @param run the run
   * @return a path
   */
  public Path run(ExperimentOutline.OutlinedRun run) {
    return runs().resolve(run.folder());
  }

  /**
   * Returns the folder of the stages that the runs share.
   *
   * @return a path
   */
  public Path stages() {
    return root.resolve("stages");
  }

  /**
   * Returns the file of the report.
   *
   * @return a path
   */
  public Path report() {
    return root.resolve("report.md");
  }
}
