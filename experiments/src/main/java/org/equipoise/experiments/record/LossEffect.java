package org.equipoise.experiments.record;

import java.util.List;
import java.util.OptionalDouble;
import org.equipoise.api.Explanation;

/**
 * What the loss of a stage does to some classes, as it says itself.
 *
 * @param stage the stage's name
 * @param loss the type name of the loss
 * @param classes a frequent, a middling and a rare class, as far as there are so many
 */
public record LossEffect(String stage, String loss, List<ClassEffect> classes) {

  /** Copies the list. */
  public LossEffect {
    classes = List.copyOf(classes);
  }

  /**
   * What it does to one class.
   *
   * @param explanation what the loss says
   * @param classWeight the weight of the class on top of the loss in the last epoch; empty for a
   *     stage without class weights
   */
  public record ClassEffect(Explanation explanation, OptionalDouble classWeight) {}
}
