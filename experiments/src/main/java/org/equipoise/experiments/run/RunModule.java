package org.equipoise.experiments.run;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import java.nio.file.Path;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.RunSpec;
import org.equipoise.experiments.record.Environment;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.ExperimentOutline.OutlinedRun;
import org.equipoise.experiments.record.Manifest;
import org.equipoise.experiments.stage.StageCache;
import org.equipoise.experiments.training.FeatureCache;
import org.equipoise.experiments.training.Predictor;
import org.equipoise.experiments.training.StageTrainer;

/** Binds what one run has for itself; installed in a child injector that lives as long as it. */
final class RunModule extends AbstractModule {

  private final PlannedRun run;
  private final LabelledData data;
  private final Path dataFolder;
  private final ExperimentFolder experiment;
  private final WorkerOutput output;
  private final StopSignal stop;

  RunModule(
      PlannedRun run,
      LabelledData data,
      Path dataFolder,
      ExperimentFolder experiment,
      WorkerOutput output,
      StopSignal stop) {
    this.run = run;
    this.data = data;
    this.dataFolder = dataFolder;
    this.experiment = experiment;
    this.output = output;
    this.stop = stop;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    RunSpec spec = run.spec();
    bind(PlannedRun.class).toInstance(run);
    bind(RunSpec.class).toInstance(spec);
    bind(LabelledData.class).toInstance(data);
    bind(TrainStatistics.class).toInstance(run.statistics());
    bind(RandomStreams.class).toInstance(new RandomStreams(spec.seed()));
    bind(ExperimentFolder.class).toInstance(experiment);
    bind(RunFolder.class).toInstance(new RunFolder(experiment.run(outlined(run))));
    bind(ModelFiles.class).toInstance(new ModelFiles(dataFolder));
    bind(StageCache.class).toInstance(new StageCache(experiment.stages()));
    bind(WorkerOutput.class).toInstance(output);
    bind(StopSignal.class).toInstance(stop);
    bind(Manifest.class)
        .toInstance(
            new Manifest(
                data.fingerprints(),
                RunCode.fingerprints(run),
                Environment.capture(TorchEngine.version(), spec.threads())));
    FeatureCache features = features();
    bind(StageTrainer.class).toInstance(new StageTrainer(features));
    bind(Predictor.class).toInstance(new Predictor(features));
    bind(StageWork.class).in(Singleton.class);
    bind(Evaluation.class).in(Singleton.class);
    bind(RunExecution.class).in(Singleton.class);
  }

  private FeatureCache features() {
    return new FeatureCache(
        new StageCache(experiment.stages()).features(),
        RunCode.ofFeatures(run.spec()),
        wait -> {
          output.say(new RunEvent.FeaturesWaiting());
          stop.whileIdle(wait);
        });
  }

  static OutlinedRun outlined(PlannedRun run) {
    return new OutlinedRun(run.runId(), run.spec().arm(), run.spec().seed());
  }
}
