package org.equipoise.methods;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.method.Start.HeadStart;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.samplers.InstanceBalanced;

/** Classifier stages that come after one stage of plain training. */
final class LaterStage {

  static final String REPRESENTATION = "representation";

  private LaterStage() {}

  /** The first stage: the whole model, on instance-balanced batches. */
  static StageSpec representation(LossSpec loss) {
    return new SingleStage(loss, new InstanceBalanced()).stage(REPRESENTATION);
  }

  /** Starts a stage at the end of the first, the backbone frozen. */
  static Start after(HeadStart head) {
    return new Start.After(REPRESENTATION, head);
  }

  /** Both stages of a method whose second one trains nothing. */
  static List<StageSpec> untrained(LossSpec loss, HeadStart start, HeadSpec head) {
    StageSpec first = representation(loss);
    // Loss and sampler do not matter where no step is made: they are those of the first stage.
    StageSpec second =
        StageSpec.of("classifier", loss, first.sampler())
            .starting(after(start), Set.<ModelPart>of())
            .withHead(Optional.of(head));
    return List.of(first, second);
  }
}
