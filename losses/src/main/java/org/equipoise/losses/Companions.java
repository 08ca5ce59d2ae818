package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.model.ModelOutputs;

/** Takes what some losses need besides logits and targets, and says so where it is missing. */
final class Companions {

  private Companions() {}

  static NDArray features(String who, LossInput in) {
    return in.features()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    who + ": needs the model's pooled features, (N, D), which are not there"));
  }

  static ModelOutputs teacher(String who, LossInput in) {
    return in.teacher()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    who
                        + ": needs the outputs of a teacher for this batch, and there are none; the"
                        + " stages of a method have no teacher, so give them as LossInput.teacher"
                        + " in a training loop of your own"));
  }

  /**
   * Takes a teacher's array as a constant, to compute with beside the student's.
   *
   * <p>The teacher may live in a manager that outlasts the step, and results follow their first
   * operand, so nothing may be computed from its own array.
   *
   * @return shape, dtype and manager of {@code student}; without gradient
   */
  static NDArray constant(String who, String what, NDArray teacher, NDArray student) {
    Shape expected = student.getShape();
    if (!teacher.getShape().equals(expected)) {
      throw new IllegalArgumentException(
          who
              + ": the teacher's "
              + what
              + " have shape "
              + teacher.getShape()
              + ", the student's "
              + expected
              + "; expected the same");
    }
    NDArray constant = teacher.stopGradient();
    constant.attach(student.getManager());
    return constant.toType(student.getDataType(), false);
  }
}
