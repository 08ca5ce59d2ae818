package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.Start;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.weights.Pretrained;
import org.equipoise.experiments.weights.WeightFile;

/** The weights with which a stage starts, where they are not fresh. */
final class StartWeights {

  private StartWeights() {}

  /**
   * Puts the weights of an earlier stage, or of a file, into a network of fresh ones.
   *
   * @param task the stage that starts
   * @param network its network; changed in place
   * @param manager the parent of what is read
   * @throws IOException if the weights cannot be read
   * @throws IllegalArgumentException if they do not fit
   */
  static void put(StageTask task, Network network, NDManager manager) throws IOException {
    if (task.stage().start() instanceof Start.After after) {
      putEarlier(task, after, network, manager);
    } else if (task.model().pretrained().isPresent()) {
      putPretrained(task, task.model().pretrained().get(), network);
    }
  }

  private static void putEarlier(
      StageTask task, Start.After after, Network network, NDManager manager) throws IOException {
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
    try (NDManager scratch = manager.newSubManager()) {
      Map<String, NDArray> saved = new StageFolder(earlier).readWeights(scratch);
      switch (after.head()) {
        case KEEP -> network.takeOver(saved, EnumSet.allOf(ModelPart.class));
        case KEEP_ROWS -> {
          network.takeOver(saved, EnumSet.of(ModelPart.BACKBONE));
          network.takeOverRows(saved);
        }
        case REINITIALISE -> network.takeOver(saved, EnumSet.of(ModelPart.BACKBONE));
      }
    }
  }

  private static void putPretrained(StageTask task, Pretrained pretrained, Network network)
      throws IOException {
    WeightFile.read(
        task.files().resolve(pretrained.file()),
        pretrained.names(),
        task.model().backbone(),
        network,
        pretrained.parts().ofNetwork());
  }
}
