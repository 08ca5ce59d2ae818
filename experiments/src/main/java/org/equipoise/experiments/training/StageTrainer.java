package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Trains stages: one task in, weights out, resumable at any step to the same bits.
 *
 * <p>A stage's folder holds {@code metrics.jsonl} (one line an epoch), {@code checkpoints/} while
 * it is trained, and at the end {@code weights.safetensors} (all parameters by name, running
 * statistics included; their averages, if the run averages weights) and {@code stage.json}, which
 * marks it complete. Calling {@link #train} again on the folder of a stage that was killed or
 * stopped goes on from its newest sound checkpoint.
 *
 * <p>The engine must have been started, and one stage is trained at a time in a JVM.
 */
public final class StageTrainer {

  private static final int DEFAULT_CHECKPOINT_STEPS = 1000;

  private final int checkpointSteps;
  private final Optional<FeatureCache> features;

  /**
   * Checkpoints at the end of each epoch, and within one every 1,000 steps. Refuses stages on
   * cached features.
   */
  public StageTrainer() {
    this(DEFAULT_CHECKPOINT_STEPS, Optional.empty());
  }

  /**
   * Checkpoints at the end of each epoch, and within one every 1,000 steps.
   *
   * @param features where stages keep the features of frozen backbones
   */
  public StageTrainer(FeatureCache features) {
    this(DEFAULT_CHECKPOINT_STEPS, Optional.of(features));
  }

  /**
   * Checkpoints at the end of each epoch, and more often in long ones.
   *
   * @param checkpointSteps a checkpoint is also written whenever the number of steps done is a
   *     multiple of this; &gt;= 1
   * @param features where stages keep the features of frozen backbones; if empty, stages on cached
   *     features are refused
   */
  public StageTrainer(int checkpointSteps, Optional<FeatureCache> features) {
    if (checkpointSteps < 1) {
      throw new IllegalArgumentException("checkpointSteps: expected >= 1, is " + checkpointSteps);
    }
    this.checkpointSteps = checkpointSteps;
    this.features = features;
  }

  /**
   * Trains a stage, or returns its result if its folder says that it is done.
   *
   * @param task what to train
   * @param directory the stage's own folder; made if need be
   * @param listener hears of steps and epochs, on this thread
   * @param stop asked before each step; once it is true, a checkpoint is written and training stops
   * @return the result
   * @throws TrainingStopped if {@code stop} was true before the last step
   * @throws NonFiniteLossException if loss or weights became NaN or infinite
   * @throws IOException if a file cannot be read or written, or the folder is another stage's
   * @throws IllegalArgumentException if the task's parts do not fit together
   */
  public StageResult train(
      StageTask task, Path directory, TrainingListener listener, BooleanSupplier stop)
      throws IOException {
    StageFolder folder = new StageFolder(directory);
    String signature = TaskSignature.of(task);
    Optional<StageResult> complete = folder.complete(signature);
    if (complete.isPresent()) {
      return complete.get();
    }
    folder.create();
    try (NDManager manager = NDManager.newBaseManager();
        StageModel model = StageModel.open(manager, task, features, listener, stop)) {
      if (task.stage().trainsNothing()) {
        return new StageFit(manager, model, folder, signature).run(listener);
      }
      try (StageRun run = new StageRun(manager, model, folder, signature, checkpointSteps)) {
        return run.train(listener, stop);
      }
    }
  }

  /**
   * Reads the weights of a complete stage.
   *
   * @param manager the manager that owns the arrays
   * @param directory the stage's own folder
   * @return all parameters by name, running statistics included
   * @throws IOException if the stage is not complete, or its weights are not what it says
   */
  public static Map<String, NDArray> readWeights(NDManager manager, Path directory)
      throws IOException {
    return new StageFolder(directory).readWeights(manager);
  }

  /**
   * Returns how far the training of a stage has come.
   *
   * @param directory the stage's own folder; it need not exist
   * @return the steps done at its newest checkpoint; empty if there is none, as once it is complete
   * @throws IOException if the folder cannot be read
   */
  public static OptionalLong stepsDone(Path directory) throws IOException {
    return new StageFolder(directory).checkpoints().newestStep();
  }
}
