package org.equipoise.experiments.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.Start;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.weights.Pretrained;
import org.equipoise.experiments.weights.WeightFile;

/** Where the weights of a stage come from, if they are not fresh. */
final class StartWeights {

  private StartWeights() {}

  /** Gives a fresh network the weights that its stage starts from. */
  static void apply(StageTask task, Network network, NDManager manager) throws IOException {
    if (task.stage().start() instanceof Start.After after) {
      fromStage(task, after, network, manager);
      return;
    }
    Optional<Pretrained> pretrained = task.model().pretrained();
    if (pretrained.isPresent()) {
      fromFile(task, pretrained.get(), network);
    }
  }

  private static void fromStage(
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
    Set<ModelPart> parts =
        after.head() == Start.HeadStart.KEEP
            ? EnumSet.allOf(ModelPart.class)
            : EnumSet.of(ModelPart.BACKBONE);
    try (NDManager scratch = manager.newSubManager()) {
      network.takeOver(new StageFolder(earlier).readWeights(scratch), parts);
    }
  }

  private static void fromFile(StageTask task, Pretrained pretrained, Network network)
      throws IOException {
    WeightFile.read(
        task.files().resolve(pretrained.file()),
        pretrained.names(),
        task.model().backbone(),
        network,
        pretrained.parts().ofNetwork());
  }
}
