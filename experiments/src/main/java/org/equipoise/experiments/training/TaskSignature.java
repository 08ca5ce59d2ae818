package org.equipoise.experiments.training;

import java.io.IOException;
import java.util.List;
import org.equipoise.api.method.StageSpec;
import org.equipoise.experiments.files.Sha256;

/**
 * A hash of everything that a stage's weights follow from, but for the code and the machine.
 *
 * <p>It keeps a checkpoint from being continued as something else. The keys under which stages are
 * shared also cover code, engine and threads.
 */
final class TaskSignature {

  private TaskSignature() {}

  static String of(StageTask task) throws IOException {
    StageSpec stage = task.stage();
    String start =
        task.start().isPresent() ? new StageFolder(task.start().get()).weightsSha256() : "fresh";
    // Records print all their components, so equal texts are equal settings.
    List<Object> parts =
        List.of(
            stage.start() instanceof org.equipoise.api.method.Start.After after
                ? after.head()
                : "fresh",
            start,
            task.trains(),
            task.model().backbone(),
            task.model().pretrained(),
            task.model().input(),
            task.head(),
            stage.loss(),
            stage.sampler(),
            stage.weighting(),
            stage.reduction(),
            stage.batchTransforms(),
            task.epochs(),
            task.training().batchSize(),
            task.optimizer(),
            task.schedule(),
            task.training().augmentation(),
            task.training().gradientClip(),
            task.training().averaging(),
            task.frozenFeatures(),
            task.data().fingerprints(),
            task.statistics(),
            task.data().train().size(),
            task.streams());
    return Sha256.of(parts.toString());
  }
}
