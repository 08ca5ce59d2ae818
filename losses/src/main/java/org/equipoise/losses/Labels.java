package org.equipoise.losses;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.Targets;

/** Reads targets for losses, beside the logits, and refuses what a loss cannot take. */
final class Labels {

  private Labels() {}

  /** Refuses logits that are not as wide as the statistics a loss was bound to. */
  static void requireWidth(String who, LossInput in, int classes) {
    if (in.classes() != classes) {
      throw new IllegalArgumentException(
          who
              + ": logits have shape "
              + in.logits().getShape()
              + ", but the loss was bound to counts of "
              + classes
              + " classes; expected (N, "
              + classes
              + ")");
    }
  }

  static UnsupportedOperationException unsupported(String who, Targets targets, String expected) {
    String kind = targets.getClass().getSimpleName();
    return new UnsupportedOperationException(
        who
            + ": takes targets of type "
            + expected
            + ", not "
            + kind
            + (targets instanceof Targets.Mixed
                ? "; Objective takes Mixed targets apart, so evaluate the loss through it"
                : ""));
  }

  /**
   * Picks one value a row: that of the row's label.
   *
   * @param values (N, C)
   * @param ids class ids, (N)
   * @return (N), beside {@code values}
   */
  static NDArray pick(String who, NDArray values, NDArray ids) {
    try (NDArray column = ids.expandDims(1)) {
      return values.gather(column, 1).squeeze(1);
    } catch (EngineException e) {
      throw outOfRange(who, ids, values.getShape().get(1), e);
    }
  }

  /**
   * Subtracts a number from one value a row: that of the row's label.
   *
   * @param values (N, C)
   * @param ids class ids, (N)
   * @return (N, C), beside {@code values}
   */
  static NDArray minus(String who, NDArray values, NDArray ids, double number) {
    try (NDArray column = ids.expandDims(1)) {
      return values.scatter(column, values.gather(column, 1).sub(number), 1);
    } catch (EngineException e) {
      throw outOfRange(who, ids, values.getShape().get(1), e);
    }
  }

  /**
   * Says which class is whose label: 1 there, 0 elsewhere.
   *
   * @param in with targets of class ids, regions (a background row is all 0) or multi-hot values
   * @return (N, C), dtype of the logits; beside the logits, or the targets' own values
   */
  static NDArray indicator(String who, LossInput in) {
    Targets targets = in.targets();
    if (targets instanceof Targets.ClassIds hard) {
      return indicator(who, in, hard.ids(), in.classes());
    } else if (targets instanceof Targets.Regions regions) {
      requireWidth(who, in, regions.classes());
      return indicator(who, in, regions.ids(), regions.classes() + 1);
    } else if (targets instanceof Targets.MultiHot multi) {
      return values(who, in, multi, in.classes());
    }
    throw unsupported(who, targets, "ClassIds, Regions or MultiHot");
  }

  /**
   * Reads multi-hot values; those of another shape would be broadcast to a wrong loss.
   *
   * @param classes the number of classes K
   * @return (N, K), the targets' own values
   */
  static NDArray values(String who, LossInput in, Targets.MultiHot targets, int classes) {
    Shape expected = new Shape(in.logits().getShape().get(0), classes);
    if (!targets.values().getShape().equals(expected)) {
      throw new IllegalArgumentException(
          who
              + ": MultiHot targets have shape "
              + targets.values().getShape()
              + "; expected "
              + expected);
    }
    return targets.values();
  }

  private static NDArray indicator(String who, LossInput in, NDArray ids, int allowed) {
    NDArray logits = in.logits();
    NDManager manager = logits.getManager();
    long rows = logits.getShape().get(0);
    DataType type = logits.getDataType();
    try (NDArray zeros = manager.zeros(new Shape(rows, allowed), type);
        NDArray ones = manager.ones(new Shape(rows, 1), type);
        NDArray column = ids.expandDims(1)) {
      // The engine checks the range of the ids for free.
      NDArray indicator = zeros.scatter(column, ones, 1);
      return allowed == in.classes() ? indicator : indicator.get(":, 0:" + in.classes());
    } catch (EngineException e) {
      throw outOfRange(who, ids, allowed, e);
    }
  }

  private static RuntimeException outOfRange(
      String who, NDArray ids, long allowed, EngineException cause) {
    long[] values = ids.toLongArray();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= allowed) {
        return new IllegalArgumentException(
            who + ": example " + i + " has label " + values[i] + " outside 0.." + (allowed - 1),
            cause);
      }
    }
    return cause;
  }
}
