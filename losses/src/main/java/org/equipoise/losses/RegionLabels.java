package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.Targets;

/** Reads the labels of a detector's regions, one class or background a row. */
final class RegionLabels {

  private RegionLabels() {}

  /**
   * Returns the labels as they came in.
   *
   * @param classes the number of classes K that the loss is bound to
   * @return ids in [0, K], K for background, (N); not checked yet, and not beside the logits
   */
  static NDArray ids(String who, LossInput in, int classes) {
    if (in.targets() instanceof Targets.ClassIds hard) {
      return hard.ids();
    }
    if (!(in.targets() instanceof Targets.Regions regions)) {
      throw Labels.unsupported(who, in.targets(), "ClassIds or Regions");
    }
    if (regions.classes() != classes) {
      throw new IllegalArgumentException(
          who
              + ": the targets are regions of "
              + regions.classes()
              + " classes, but the loss was bound to counts of "
              + classes);
    }
    return regions.ids();
  }

  /** Refuses logits of another width than K class columns and some more. */
  static void requireWidth(String who, LossInput in, int classes, int more, String what) {
    if (in.classes() != classes + more) {
      throw new IllegalArgumentException(
          who
              + ": logits have shape "
              + in.logits().getShape()
              + "; expected (N, "
              + (classes + more)
              + "), "
              + classes
              + " classes and "
              + what);
    }
  }

  /**
   * Returns the cross-entropy of a detector's objectness branch.
   *
   * @param in with objectness logits (N, 2), foreground first
   * @param background 1 for background rows, else 0, (N), beside the logits
   * @return one value a row, (N), in nats
   */
  static NDArray objectness(String who, LossInput in, NDArray background) {
    NDArray logits =
        in.objectness()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        who
                            + ": regions need objectness logits (N, 2), foreground and background,"
                            + " and the input has none"));
    long rows = in.logits().getShape().get(0);
    if (!logits.getShape().equals(new Shape(rows, 2))) {
      throw new IllegalArgumentException(
          who
              + ": objectness logits have shape "
              + logits.getShape()
              + "; expected ("
              + rows
              + ", 2)");
    }
    NDArray towardsBackground = logits.get(":, 1").sub(logits.get(":, 0"));
    // Two logits make a softmax of which only the difference matters.
    return Focus.focal(Signs.against(background).mul(towardsBackground), 0);
  }
}
