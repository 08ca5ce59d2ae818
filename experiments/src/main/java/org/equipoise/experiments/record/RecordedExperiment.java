package org.equipoise.experiments.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;

/**
 * What there is of an experiment: everything that a report is made from.
 *
 * @param outline what the experiment set out to do
 * @param records what its runs found out, in the order of the outline
 * @param failures its runs without a record, in the order of the outline
 * @param strangers how many more runs lie in the folder, of earlier configs
 */
public record RecordedExperiment(
    ExperimentOutline outline, List<RunRecord> records, List<RunFailure> failures, int strangers) {

  /** Copies the lists and checks that every run is accounted for once. */
  public RecordedExperiment {
    records = List.copyOf(records);
    failures = List.copyOf(failures);
    List<String> accounted =
        Stream.concat(
                records.stream().map(RunRecord::runId), failures.stream().map(RunFailure::runId))
            .sorted()
            .toList();
    List<String> planned = outline.runs().stream().map(OutlinedRun::runId).sorted().toList();
    if (!accounted.equals(planned)) {
      throw new IllegalArgumentException(
          "recorded experiment: expected a record or a failure of each of "
              + planned
              + ", got "
              + accounted);
    }
  }

  /**
   * Reads what there is.
   *
   * <p>A run without a record, or with one that cannot be read or is another run's, counts as
   * failed, with the reason; so does one that failed when it was run again.
   *
   * @param folder the folder of the experiment
   * @return the experiment
   * @throws IOException if the folder holds no experiment; the message names the file looked for
   */
  public static RecordedExperiment read(ExperimentFolder folder) throws IOException {
    ExperimentOutline outline;
    try {
      outline = RecordJson.read(folder.outline(), ExperimentOutline.class);
    } catch (NoSuchFileException e) {
      throw new IOException(
          folder.root() + ": no experiment, for it has no " + ExperimentOutline.FILE, e);
    }
    List<RunRecord> records = new ArrayList<>();
    List<RunFailure> failures = new ArrayList<>();
    for (OutlinedRun run : outline.runs()) {
      Path runFolder = folder.run(run);
      if (Files.exists(runFolder.resolve(RunFailure.FILE))) {
        failures.add(failureOf(run, runFolder));
        continue;
      }
      try {
        records.add(recordOf(run, runFolder));
      } catch (NoSuchFileException e) {
        String reason = Files.isDirectory(runFolder) ? "not finished" : "not started";
        failures.add(without(run, reason));
      } catch (IOException e) {
        failures.add(new RunFailure(run.runId(), run.arm(), run.seed(), e.getMessage(), List.of()));
      }
    }
    return new RecordedExperiment(outline, records, failures, strangers(outline, folder));
  }

  private static RunRecord recordOf(OutlinedRun run, Path runFolder) throws IOException {
    Path file = runFolder.resolve(RunRecord.FILE);
    RunRecord record = RecordJson.read(file, RunRecord.class);
    if (!new OutlinedRun(record.runId(), record.arm(), record.seed()).equals(run)) {
      throw new IOException(
          file
              + ": the record of run "
              + new OutlinedRun(record.runId(), record.arm(), record.seed()).folder());
    }
    return record;
  }

  private static RunFailure failureOf(OutlinedRun run, Path runFolder) {
    try {
      return RecordJson.read(runFolder.resolve(RunFailure.FILE), RunFailure.class);
    } catch (IOException e) {
      return without(run, e.getMessage());
    }
  }

  private static RunFailure without(OutlinedRun run, String reason) {
    return new RunFailure(run.runId(), run.arm(), run.seed(), reason, List.of());
  }

  private static int strangers(ExperimentOutline outline, ExperimentFolder folder)
      throws IOException {
    Set<String> ours = outline.runs().stream().map(OutlinedRun::folder).collect(Collectors.toSet());
    if (!Files.isDirectory(folder.runs())) {
      return 0;
    }
    try (Stream<Path> runs = Files.list(folder.runs())) {
      return (int)
          runs.filter(run -> Files.exists(run.resolve(RunRecord.FILE)))
              .filter(run -> !ours.contains(run.getFileName().toString()))
              .count();
    }
  }
}
