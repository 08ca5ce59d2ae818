package org.equipoise.experiments.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.Predictions;
import org.equipoise.experiments.files.FileMutex;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.RunSpec;
import org.equipoise.experiments.record.LossEffect;
import org.equipoise.experiments.record.Manifest;
import org.equipoise.experiments.record.RecordJson;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.record.RunRecord.StageRecord;
import org.equipoise.experiments.training.LogitsFile;

/** One run in this process: stages, predictions, metrics, record. */
final class RunExecution {

  /** Beside the metrics in a record, and like one in a report: shares are figures of a run. */
  private static final String LEARNED_SHARES = "learned-shares";

  private final PlannedRun run;
  private final LabelledData data;
  private final Manifest manifest;
  private final RunFolder folder;
  private final StageWork stages;
  private final Evaluation evaluation;
  private final WorkerOutput output;
  private final StopSignal stop;

  @Inject
  RunExecution(
      PlannedRun run,
      LabelledData data,
      Manifest manifest,
      RunFolder folder,
      StageWork stages,
      Evaluation evaluation,
      WorkerOutput output,
      StopSignal stop) {
    this.run = run;
    this.data = data;
    this.manifest = manifest;
    this.folder = folder;
    this.stages = stages;
    this.evaluation = evaluation;
    this.output = output;
    this.stop = stop;
  }

  /**
   * Runs, unless another process has done so meanwhile.
   *
   * @throws org.equipoise.experiments.training.TrainingStopped if asked to stop
   */
  void run() throws IOException {
    FileMutex.holding(folder.lock(), stop::whileIdle, this::computeIfNeeded);
    output.say(new RunEvent.Done());
  }

  private RunFolder computeIfNeeded() throws IOException {
    RecordCheck check = RecordCheck.of(folder.path(), run, data);
    if (check instanceof RecordCheck.Outdated outdated) {
      output.log("done before, but run again: " + outdated.reason());
    }
    if (!(check instanceof RecordCheck.Holds)) {
      compute();
    }
    Files.deleteIfExists(folder.failure());
    return folder;
  }

  private void compute() throws IOException {
    RecordJson.write(folder.manifest(), manifest);
    // Before hours of training, in case that a loss has no answer.
    List<LossEffect> lossEffects = LossEffects.of(run, data);
    List<StageRecord> records = stages.train();
    output.say(new RunEvent.Evaluating());
    Predictions predictions = stages.predict();
    String logitsSha256 = LogitsFile.write(folder.logits(), predictions);
    stages.writeMetrics(folder.metrics());
    RunSpec spec = run.spec();
    RecordJson.write(
        folder.record(),
        new RunRecord(
            run.runId(),
            spec.experiment(),
            spec.arm(),
            spec.seed(),
            data.classNames(),
            boxed(run.statistics().instances().toArray()),
            boxed(data.published().toArray()),
            records,
            logitsSha256,
            figures(predictions),
            data.pretrained(),
            lossEffects,
            manifest));
  }

  /** The metrics, and what learned samplers came to draw, where there are any. */
  private SortedMap<String, MetricResult> figures(Predictions predictions) {
    SortedMap<String, MetricResult> figures = new TreeMap<>(evaluation.of(predictions));
    if (!stages.learnedShares().isEmpty()) {
      figures.put(LEARNED_SHARES, MetricResult.ofScalars(stages.learnedShares()));
    }
    return figures;
  }

  private static List<Long> boxed(long[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }
}
