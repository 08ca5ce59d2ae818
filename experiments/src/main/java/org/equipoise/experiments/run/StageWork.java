package org.equipoise.experiments.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.metric.Predictions;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.PlannedStage;
import org.equipoise.experiments.record.RunRecord.StageRecord;
import org.equipoise.experiments.stage.StageCache;
import org.equipoise.experiments.stage.StageKey;
import org.equipoise.experiments.training.LearnedShares;
import org.equipoise.experiments.training.Predictor;
import org.equipoise.experiments.training.StageResult;
import org.equipoise.experiments.training.StageTask;
import org.equipoise.experiments.training.StageTrainer;

/** The stages of one run: trained, or found in the cache. */
final class StageWork {

  private final PlannedRun run;
  private final LabelledData data;
  private final ModelFiles files;
  private final StageCache cache;
  private final StageTrainer trainer;
  private final Predictor predictor;
  private final ObjectMapper mapper;
  private final WorkerOutput output;
  private final StopSignal stop;
  private final SortedMap<String, Double> learnedShares = new TreeMap<>();

  @Inject
  StageWork(
      PlannedRun run,
      LabelledData data,
      ModelFiles files,
      StageCache cache,
      StageTrainer trainer,
      Predictor predictor,
      ObjectMapper mapper,
      WorkerOutput output,
      StopSignal stop) {
    this.run = run;
    this.data = data;
    this.files = files;
    this.cache = cache;
    this.trainer = trainer;
    this.predictor = predictor;
    this.mapper = mapper;
    this.output = output;
    this.stop = stop;
  }

  /** Trains all stages in order. */
  List<StageRecord> train() throws IOException {
    List<StageRecord> records = new ArrayList<>();
    for (PlannedStage stage : run.stages()) {
      records.add(train(stage));
    }
    return records;
  }

  private StageRecord train(PlannedStage stage) throws IOException {
    String name = stage.stage().name();
    String key = stage.key().value();
    StageProgress progress = new StageProgress(name, key, output);
    StageTask task = task(stage);
    StageResult result =
        cache.compute(
            key,
            wait -> {
              output.say(new RunEvent.StageWaiting(name, key));
              stop.whileIdle(wait);
            },
            folder -> trainer.train(task, folder, progress, stop::isRequested));
    result.learnedShares().ifPresent(shares -> note(name, shares));
    boolean reused = !progress.hasTrained();
    output.say(
        reused
            ? new RunEvent.StageReused(name, key)
            : new RunEvent.StageDone(name, key, result.seconds()));
    return new StageRecord(
        name,
        key,
        reused,
        result.epochs(),
        result.weightsSha256(),
        result.finalTrainLoss(),
        task.featuresInWords(),
        reused ? 0 : result.seconds());
  }

  private void note(String stage, LearnedShares shares) {
    shares.first().forEach((group, share) -> note(stage, group, "first", share));
    shares.last().forEach((group, share) -> note(stage, group, "last", share));
  }

  private void note(String stage, String group, String when, double share) {
    learnedShares.put(stage + "." + group + "." + when, share);
  }

  /**
   * Returns what learned samplers draw at the first and after the last step of the stages that were
   * trained, as {@code stage.group.first} and {@code stage.group.last}: shares of shot groups.
   */
  SortedMap<String, Double> learnedShares() {
    return Collections.unmodifiableSortedMap(learnedShares);
  }

  /** Evaluates the model of the last stage on the test split. */
  Predictions predict() throws IOException {
    PlannedStage last = run.stages().get(run.stages().size() - 1);
    return predictor.predict(task(last), cache.folder(last.key().value()));
  }

  private StageTask task(PlannedStage stage) {
    return new StageTask(
        stage.stage(),
        stage.model(),
        stage.training(),
        data,
        run.statistics(),
        stage.streams(),
        stage.start().map(StageKey::value).map(cache::folder),
        files.directory());
  }

  /**
   * Writes the lines of all stages' metrics into one file, each with the name of its stage; a stage
   * without epochs has none.
   */
  void writeMetrics(Path file) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (PlannedStage stage : run.stages()) {
      if (stage.stage().trainsNothing()) {
        continue;
      }
      Path metrics = cache.folder(stage.key().value()).resolve("metrics.jsonl");
      for (String line : Files.readAllLines(metrics)) {
        ObjectNode named = mapper.createObjectNode().put("stage", stage.stage().name());
        named.setAll((ObjectNode) mapper.readTree(line));
        lines.append(mapper.writeValueAsString(named)).append('\n');
      }
    }
    DurableFiles.write(file, lines.toString());
  }
}
