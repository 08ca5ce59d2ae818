package org.equipoise.experiments.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.record.RecordJson;
import org.equipoise.experiments.record.RunRecord;

/** Whether the record of a run still says what the run would find out now. A closed set. */
sealed interface RecordCheck {

  /** The record holds. */
  record Holds() implements RecordCheck {}

  /** There is no record. */
  record Missing() implements RecordCheck {}

  /**
   * There is a record, but it does not hold.
   *
   * @param reason why, for people
   */
  record Outdated(String reason) implements RecordCheck {}

  /** Checks the record in a run's folder against the run, the data and the code of now. */
  static RecordCheck of(Path runFolder, PlannedRun run, LabelledData data) {
    RunRecord record;
    try {
      record = RecordJson.read(runFolder.resolve(RunRecord.FILE), RunRecord.class);
    } catch (NoSuchFileException e) {
      return new Missing();
    } catch (IOException e) {
      return new Outdated(e.getMessage());
    }
    if (!record.runId().equals(run.runId())) {
      return new Outdated("the record is that of run " + record.runId());
    }
    return difference("data", record.manifest().data(), data.fingerprints())
        .or(() -> difference("code", record.manifest().code(), RunCode.fingerprints(run)))
        .<RecordCheck>map(Outdated::new)
        .orElseGet(Holds::new);
  }

  private static Optional<String> difference(
      String what, SortedMap<String, String> then, SortedMap<String, String> now) {
    for (Map.Entry<String, String> entry : now.entrySet()) {
      String before = then.get(entry.getKey());
      if (before == null) {
        return Optional.of(what + " " + entry.getKey() + " was not part of the run then");
      }
      if (!before.equals(entry.getValue())) {
        return Optional.of(what + " " + entry.getKey() + " has changed since");
      }
    }
    return then.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .findFirst()
        .map(name -> what + " " + name + " is no part of the run any more");
  }
}
