package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.api.model.FittedHeadSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.data.StagedExamples;
import org.equipoise.experiments.models.Network;

/**
 * A stage without training: weights are taken over, and the head is computed if it is of that kind.
 *
 * @param manager the parent of all arrays
 * @param task the stage
 * @param folder its folder
 * @param signature what the stage is
 */
record StageFit(NDManager manager, StageTask task, StageFolder folder, String signature) {

  /** Does the whole stage as one step. */
  StageResult run(TrainingListener listener) throws IOException {
    long begin = System.nanoTime();
    try (StagedExamples train = StagedExamples.of(task.data().train(), manager);
        Network network =
            Network.create(
                manager,
                task.backbone(),
                task.head(),
                task.data().train().inputShape(),
                task.data().classes(),
                new RandomStreams(task.streams()))) {
      StartWeights.put(task, network, manager);
      if (task.head() instanceof FittedHeadSpec fitted) {
        int classes = task.data().classes();
        network.fillHead(fitted.fit(new TrainFeatures(manager, network, train, classes)));
      }
      listener.onStep(task.stage().name(), 1, 1);
      return folder.finish(
          signature,
          network.weights(),
          task.epochs(),
          OptionalDouble.empty(),
          (System.nanoTime() - begin) * 1e-9,
          Optional.empty());
    }
  }
}
