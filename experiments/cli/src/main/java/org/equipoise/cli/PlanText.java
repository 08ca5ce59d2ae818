package org.equipoise.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.experiments.run.PlanStatus;
import org.equipoise.experiments.run.PlanStatus.RunStatus;
import org.equipoise.experiments.run.PlanStatus.StageStatus;

/** A plan as text: a line a run, and the sums. */
final class PlanText {

  private static final int KEY_LENGTH = 12;
  private static final String GAP = "  ";

  private PlanText() {}

  static List<String> of(PlanStatus status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "arm", "seed", "state", "stages"));
    for (RunStatus run : status.runs()) {
      String stages = run.stages().stream().map(PlanText::stage).collect(Collectors.joining(", "));
      rows.add(List.of(run.runId(), run.arm(), Long.toString(run.seed()), state(run), stages));
    }
    List<String> lines = aligned(rows);
    status.runs().stream()
        .filter(run -> run.outdated().isPresent())
        .map(run -> label(run) + " is run again: " + run.outdated().get())
        .forEach(lines::add);
    lines.add("");
    lines.add(sums(status));
    return lines;
  }

  static String label(RunStatus run) {
    return run.arm() + "/" + run.seed();
  }

  private static String state(RunStatus run) {
    if (run.done()) {
      return "done";
    }
    boolean begun =
        run.stages().stream()
            .anyMatch(
                stage ->
                    !stage.cached()
                        && stage.sharedWith().isEmpty()
                        && stage.stepsDone().isPresent());
    if (run.outdated().isPresent()) {
      return "outdated";
    }
    return begun ? "begun" : "to do";
  }

  private static String stage(StageStatus stage) {
    String text = stage.name() + " " + stage.key().substring(0, KEY_LENGTH);
    if (stage.cached()) {
      return text + " (cached)";
    }
    if (stage.sharedWith().isPresent()) {
      return text + " (shared with " + stage.sharedWith().get() + ")";
    }
    if (stage.epochs() == 0) {
      return text + " (nothing to train)";
    }
    return text + " (" + epochs(stage.epochs()) + begun(stage.stepsDone()) + ")";
  }

  private static String begun(OptionalLong steps) {
    return steps.isPresent() ? ", goes on after step " + steps.getAsLong() : "";
  }

  private static String epochs(int epochs) {
    return epochs == 1 ? "1 epoch" : epochs + " epochs";
  }

  private static String sums(PlanStatus status) {
    long done = status.runs().stream().filter(RunStatus::done).count();
    Set<String> seen = new HashSet<>();
    int stages = 0;
    int cached = 0;
    int epochs = 0;
    for (RunStatus run : status.runs()) {
      for (StageStatus stage : run.stages()) {
        stages++;
        if (seen.add(stage.key())) {
          cached += stage.cached() ? 1 : 0;
          epochs += stage.cached() || run.done() ? 0 : stage.epochs();
        }
      }
    }
    return String.format(
        "%d runs, %d done; %d stages, of them %d different and %d cached; %s to train",
        status.runs().size(), done, stages, seen.size(), cached, epochs(epochs));
  }

  private static List<String> aligned(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        int column = c;
        int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
        line.append(row.get(c)).append(" ".repeat(width - row.get(c).length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
