package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.Objective;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.BoundOptimizer.Trainable;
import org.equipoise.api.training.ScheduleSpec;
import org.equipoise.experiments.checkpoint.CheckpointStore;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.weights.Pretrained;
import org.equipoise.experiments.weights.WeightFile;

/** One sitting of a stage's training: what is in memory between start or resume and end. */
final class StageRun implements AutoCloseable {

  private static final String WEIGHTS = "weights/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String AVERAGE = "average/";
  private static final String SAMPLER = "sampler";
  private static final String LOSS = "loss";

  private final StageTask task;
  private final StageFolder folder;
  private final int checkpointSteps;
  private final NDManager manager;
  private final Network network;
  private final EpochSampler sampler;
  private final Objective objective;
  private final BoundOptimizer optimizer;
  private final StagedExamples train;
  private final StageStep stepper;
  private final CheckpointStore<Progress> checkpoints;
  private final long steps;
  private Optional<AveragedWeights> average = Optional.empty();
  private Progress progress;
  private Optional<Path> lastCheckpoint = Optional.empty();
  private long lastCheckpointStep = -1;
  private double lastLearningRate;

  StageRun(
      NDManager manager,
      StageTask task,
      StageFolder folder,
      String signature,
      int checkpointSteps) {
    this.manager = manager;
    this.task = task;
    this.folder = folder;
    this.checkpointSteps = checkpointSteps;
    this.checkpoints = folder.checkpoints();
    this.progress = Progress.start(signature);
    StageSpec stage = task.stage();
    RandomStreams streams = new RandomStreams(task.streams());
    train = StagedExamples.of(task.data().train(), manager);
    network =
        Network.create(
            manager,
            task.backbone(),
            task.head(),
            train.inputShape(),
            task.data().classes(),
            streams);
    sampler =
        stage
            .sampler()
            .bind(
                new SamplingContext(
                    LabelIndex.of(task.data().train().labels(), task.data().classes()),
                    task.training().batchSize(),
                    task.epochs(),
                    OptionalInt.empty(),
                    streams));
    objective =
        Objective.of(
            stage.loss().bind(task.statistics().withSampled(sampledPrior())),
            stage
                .weighting()
                .map(rule -> ClassVector.of(rule.weights(task.statistics().instances()))),
            stage.reduction());
    optimizer = task.optimizer().start();
    stepper = new StageStep(task, network, train, sampler, objective, optimizer);
    long sum = 0;
    for (int epoch = 0; epoch < task.epochs(); epoch++) {
      sum += sampler.steps(epoch);
    }
    steps = sum;
  }

  /** The class distribution of a draw, on average over the epochs of the stage. */
  private ClassPrior sampledPrior() {
    double[] mean = new double[task.data().classes()];
    for (int epoch = 0; epoch < task.epochs(); epoch++) {
      double[] probabilities = sampler.classProbabilities(epoch);
      for (int c = 0; c < mean.length; c++) {
        mean[c] += probabilities[c] / task.epochs();
      }
    }
    return ClassPrior.of(mean);
  }

  StageResult train(TrainingListener listener, BooleanSupplier stop) throws IOException {
    startWeights();
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
        average.map(AveragedWeights::arrays).orElseGet(network::weights),
        task.epochs(),
        progress.lastEpochLoss(),
        progress.seconds());
  }

  private void startWeights() throws IOException {
    if (!(task.stage().start() instanceof Start.After after)) {
      if (task.model().pretrained().isPresent()) {
        startPretrained(task.model().pretrained().get());
      }
      return;
    }
    Path earlier =
        task.start()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "stage \""
                            + task.stage().name()
                            + "\": starts after \""
                            + after.stage()
                            + "\", but no folder of that stage was given"));
    Set<ModelPart> parts =
        after.head() == Start.HeadStart.KEEP
            ? EnumSet.allOf(ModelPart.class)
            : EnumSet.of(ModelPart.BACKBONE);
    try (NDManager scratch = manager.newSubManager()) {
      network.takeOver(new StageFolder(earlier).readWeights(scratch), parts);
    }
  }

  private void startPretrained(Pretrained pretrained) throws IOException {
    WeightFile.read(
        task.files().resolve(pretrained.file()),
        pretrained.names(),
        task.model().backbone(),
        network,
        pretrained.parts().ofNetwork());
  }

  private void resume() throws IOException {
    try (NDManager scratch = manager.newSubManager()) {
      Optional<CheckpointStore.Loaded<Progress>> newest = checkpoints.newest(scratch);
      if (newest.isEmpty()) {
        return;
      }
      CheckpointStore.Loaded<Progress> found = newest.get();
      folder.requireSame(found.state().signature(), progress.signature());
      Map<String, NDArray> arrays = found.arrays();
      network.restore(within(arrays, WEIGHTS));
      optimizer.restore(within(arrays, OPTIMIZER), trainables());
      average.ifPresent(weights -> weights.restore(within(arrays, AVERAGE)));
      if (arrays.containsKey(LOSS)) {
        objective.restore(arrays.get(LOSS).toDoubleArray());
      }
      if (sampler instanceof LearnedSampler learned && arrays.containsKey(SAMPLER)) {
        learned.restore(arrays.get(SAMPLER).toDoubleArray());
      }
      progress = found.state();
      lastCheckpoint = Optional.of(found.path());
      lastCheckpointStep = progress.step();
    }
  }

  private static SortedMap<String, NDArray> within(Map<String, NDArray> arrays, String prefix) {
    SortedMap<String, NDArray> chosen = new TreeMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            chosen.put(name.substring(prefix.length()), array);
          }
        });
    return chosen;
  }

  // Only values and names matter to a restore: there is no gradient yet.
  private List<Trainable> trainables() {
    return network.trainable().stream()
        .map(
            named ->
                new Trainable(
                    named.name(),
                    named.decayed(),
                    named.parameter().getArray(),
                    named.parameter().getArray()))
        .toList();
  }

  /** Trains the rest of an epoch and returns the learning rate of its last step. */
  private double epoch(TrainingListener listener, BooleanSupplier stop) throws IOException {
    int epoch = progress.epoch();
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
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    network.weights().forEach((name, array) -> arrays.put(WEIGHTS + name, array));
    optimizer.state().forEach((name, array) -> arrays.put(OPTIMIZER + name, array));
    average.ifPresent(
        weights -> weights.arrays().forEach((name, array) -> arrays.put(AVERAGE + name, array)));
    try (NDManager scratch = manager.newSubManager()) {
      requireFinite(scratch, arrays);
      putState(scratch, arrays, LOSS, objective.state());
      if (sampler instanceof LearnedSampler learned) {
        putState(scratch, arrays, SAMPLER, learned.state());
      }
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
              NDArray largest = size.max()) {
            if (!Float.isFinite(largest.getFloat())) {
              boolean betweenEpochs = progress.stepInEpoch() == 0;
              throw notFinite(
                  name + " has become NaN or infinite",
                  betweenEpochs ? progress.epoch() : progress.epoch() + 1,
                  progress.step());
            }
          }
        });
  }

  private static void putState(
      NDManager scratch, Map<String, NDArray> arrays, String name, double[] state) {
    if (state.length > 0) {
      arrays.put(name, scratch.create(state));
    }
  }

  private TrainingListener.EpochSummary summary(double learningRate) {
    return new TrainingListener.EpochSummary(
        task.stage().name(),
        progress.epoch() + 1,
        task.epochs(),
        progress.step(),
        progress.lossSum() / progress.examples(),
        learningRate,
        progress.imagesPerSecond());
  }

  @Override
  public void close() {
    optimizer.close();
    average.ifPresent(AveragedWeights::close);
    train.close();
  }
}
