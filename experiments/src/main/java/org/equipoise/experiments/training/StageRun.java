package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.experiments.checkpoint.CheckpointStore;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.models.Network;

/** One sitting of a stage's training: what is in memory between start or resume and end. */
final class StageRun implements AutoCloseable {

  private final StageTask task;
  private final StageFolder folder;
  private final int checkpointSteps;
  private final NDManager manager;
  private final Network network;
  private final BoundStage parts;
  private final EpochSampler sampler;
  private final Objective objective;
  private final BoundOptimizer optimizer;
  private final StageModel model;
  private final StagedExamples train;
  private final StageStep stepper;
  private final CheckpointStore<Progress> checkpoints;
  private final long steps;
  private final Optional<ClassRates> firstRates;
  private Optional<AveragedWeights> average = Optional.empty();
  private Progress progress;
  private Optional<Path> lastCheckpoint = Optional.empty();
  private long lastCheckpointStep = -1;
  private double lastLearningRate;

  StageRun(
      NDManager manager,
      StageModel model,
      StageFolder folder,
      String signature,
      int checkpointSteps) {
    this.manager = manager;
    this.model = model;
    this.task = model.task();
    this.network = model.network();
    this.train = model.train();
    this.folder = folder;
    this.checkpointSteps = checkpointSteps;
    this.checkpoints = folder.checkpoints();
    this.progress = Progress.start(signature);
    StageSpec stage = task.stage();
    RandomStreams streams = new RandomStreams(task.streams());
    parts =
        BoundStage.of(
            stage,
            task.data(),
            task.statistics(),
            task.training().batchSize(),
            task.epochs(),
            streams);
    sampler = parts.sampler();
    objective =
        Objective.of(parts.loss(), parts.weights(0).map(ClassVector::of), stage.reduction());
    optimizer = task.optimizer().start();
    firstRates = classRates();
    stepper =
        new StageStep(
            task,
            network,
            train,
            model.validation(),
            sampler,
            parts.transforms(),
            objective,
            optimizer);
    long sum = 0;
    for (int epoch = 0; epoch < task.epochs(); epoch++) {
      sum += sampler.steps(epoch);
    }
    steps = sum;
  }

  /** What a learned sampler draws from now on. */
  private Optional<ClassRates> classRates() {
    if (!(sampler instanceof LearnedSampler)) {
      return Optional.empty();
    }
    int epoch = Math.min(progress.epoch(), task.epochs() - 1);
    return Optional.of(ClassRates.of(sampler.classProbabilities(epoch), task.data().published()));
  }

  StageResult train(TrainingListener listener, BooleanSupplier stop) throws IOException {
    StageLookAhead.check(task, network, objective, optimizer);
    network.train(task.trains());
    average = task.training().averaging().map(rule -> new AveragedWeights(rule, network.weights()));
    resume();
    try (MetricsLog log = MetricsLog.open(folder.metrics(), progress.metricsBytes())) {
      while (progress.epoch() < task.epochs()) {
        double learningRate = epoch(listener, stop);
        TrainingListener.EpochSummary summary = summary(learningRate);
        progress = progress.afterEpoch(log.append(summary));
        checkpoint();
        listener.onEpoch(summary);
      }
    }
    return folder.finish(
        progress.signature(),
        model.whole(average.map(AveragedWeights::arrays).orElseGet(network::weights)),
        task.epochs(),
        OptionalDouble.of(progress.lastEpochLoss()),
        progress.seconds(),
        firstRates.map(
            first -> new LearnedShares(first.groups(), classRates().orElseThrow().groups())));
  }

  private StageState state() {
    return new StageState(network, optimizer, objective, sampler, average);
  }

  private void resume() throws IOException {
    try (NDManager scratch = manager.newSubManager()) {
      Optional<CheckpointStore.Loaded<Progress>> newest = checkpoints.newest(scratch);
      if (newest.isEmpty()) {
        return;
      }
      CheckpointStore.Loaded<Progress> found = newest.get();
      folder.requireSame(found.state().signature(), progress.signature());
      state().restore(found.arrays());
      progress = found.state();
      lastCheckpoint = Optional.of(found.path());
      lastCheckpointStep = progress.step();
    }
  }

  /** Trains the rest of an epoch and returns the learning rate of its last step. */
  private double epoch(TrainingListener listener, BooleanSupplier stop) throws IOException {
    int epoch = progress.epoch();
    model.startEpoch(epoch);
    parts.weights(epoch).map(ClassVector::of).ifPresent(objective::reweight);
    int stepsInEpoch = sampler.steps(epoch);
    Iterator<int[]> drawn = sampler.batches(epoch);
    for (int i = 0; i < progress.stepInEpoch(); i++) {
      drawn.next();
    }
    long firstStep = progress.step();
    // What a learned sampler draws next depends on the step that comes before it.
    int lookAhead = sampler instanceof LearnedSampler ? 0 : train.lookAhead();
    Iterator<int[]> batches =
        new BatchesAhead(
            drawn, lookAhead, (i, examples) -> stepper.announce(firstStep + i, examples));
    double learningRate = learningRate(epoch, Math.max(0, progress.stepInEpoch() - 1));
    while (batches.hasNext()) {
      if (stop.getAsBoolean()) {
        checkpoint();
        throw new TrainingStopped(task.stage().name(), progress.step(), steps);
      }
      learningRate = learningRate(epoch, progress.stepInEpoch());
      step(batches.next(), learningRate);
      listener.onStep(task.stage().name(), progress.step(), steps);
      if (progress.step() % checkpointSteps == 0 && progress.stepInEpoch() < stepsInEpoch) {
        checkpoint();
      }
    }
    if (progress.stepInEpoch() != stepsInEpoch) {
      throw new IllegalStateException(
          "sampler "
              + task.stage().sampler().typeName()
              + ": gave "
              + progress.stepInEpoch()
              + " batches in epoch "
              + epoch
              + ", but had announced "
              + stepsInEpoch);
    }
    return learningRate;
  }

  private double learningRate(int epoch, int stepInEpoch) {
    int stepsInEpoch = sampler.steps(epoch);
    // Epochs may differ in length: each is told as if all had its own.
    long step = (long) epoch * stepsInEpoch + stepInEpoch;
    ScheduleSpec.Progress at = new ScheduleSpec.Progress(step, stepsInEpoch, task.epochs());
    return task.schedule().factor(at) * task.optimizer().learningRate();
  }

  private void step(int[] examples, double learningRate) {
    long begin = System.nanoTime();
    lastLearningRate = learningRate;
    double loss = stepper.run(manager, progress.step(), examples, learningRate);
    if (!Double.isFinite(loss)) {
      throw notFinite("the loss is " + loss, progress.epoch() + 1, progress.step() + 1);
    }
    average.ifPresent(weights -> weights.add(progress.step() + 1, network.weights()));
    progress = progress.afterStep(loss, examples.length, (System.nanoTime() - begin) * 1e-9);
  }

  private NonFiniteLossException notFinite(String what, int epoch, long step) {
    return new NonFiniteLossException(
        "stage \""
            + task.stage().name()
            + "\", epoch "
            + epoch
            + ", step "
            + step
            + " of "
            + steps
            + ", learning rate "
            + lastLearningRate
            + ": "
            + what
            + "; try a lower learning rate, a longer warm-up or milder class weights. "
            + lastCheckpoint
                .map(path -> "The last good checkpoint is " + path)
                .orElse("There is no checkpoint yet"));
  }

  private void checkpoint() throws IOException {
    if (lastCheckpointStep == progress.step()) {
      return;
    }
    try (NDManager scratch = manager.newSubManager()) {
      Map<String, NDArray> arrays = state().arrays(scratch);
      requireFinite(scratch, arrays);
      lastCheckpoint = Optional.of(checkpoints.save(progress.step(), progress, arrays));
      lastCheckpointStep = progress.step();
    }
  }

  // Weights can blow up in the very step whose loss was still finite: such a checkpoint would
  // push out the good ones.
  private void requireFinite(NDManager scratch, Map<String, NDArray> arrays) {
    network.lendTo(scratch);
    arrays.forEach(
        (name, array) -> {
          try (NDArray size = array.abs();
              NDArray largest = size.max();
              NDArray value = largest.toType(DataType.FLOAT64, false)) {
            if (!Double.isFinite(value.getDouble())) {
              boolean betweenEpochs = progress.stepInEpoch() == 0;
              throw notFinite(
                  name + " has become NaN or infinite",
                  betweenEpochs ? progress.epoch() : progress.epoch() + 1,
                  progress.step());
            }
          }
        });
  }

  private TrainingListener.EpochSummary summary(double learningRate) {
    return new TrainingListener.EpochSummary(
        task.stage().name(),
        progress.epoch() + 1,
        task.epochs(),
        progress.step(),
        progress.lossSum() / progress.examples(),
        learningRate,
        progress.imagesPerSecond(),
        classRates());
  }

  @Override
  public void close() {
    optimizer.close();
    average.ifPresent(AveragedWeights::close);
  }
}
