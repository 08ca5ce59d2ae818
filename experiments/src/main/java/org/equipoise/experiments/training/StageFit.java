package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.api.model.FittedHeadSpec;
import org.equipoise.experiments.models.Network;

/**
 * A stage without training: weights are taken over, and the head is computed if it is of that kind.
 *
 * @param manager the parent of all arrays
 * @param model the stage's network with the weights that were taken over
 * @param folder its folder
 * @param signature what the stage is
 */
record StageFit(NDManager manager, StageModel model, StageFolder folder, String signature) {

  /** Does the whole stage as one step. */
  StageResult run(TrainingListener listener) throws IOException {
    long begin = System.nanoTime();
    StageTask task = model.task();
    Network network = model.network();
    if (task.head() instanceof FittedHeadSpec fitted) {
      model.startEpoch(0);
      int classes = task.data().classes();
      network.fillHead(fitted.fit(new TrainFeatures(manager, network, model.train(), classes)));
    }
    listener.onStep(task.stage().name(), 1, 1);
    return folder.finish(
        signature,
        model.whole(network.weights()),
        task.epochs(),
        OptionalDouble.empty(),
        (System.nanoTime() - begin) * 1e-9,
        Optional.empty());
  }
}
