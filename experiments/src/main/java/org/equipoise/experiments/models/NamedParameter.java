package org.equipoise.experiments.models;

import ai.djl.nn.Parameter;
import org.equipoise.api.method.ModelPart;

/**
 * A parameter of a network, learned or a running statistic.
 *
 * @param name its name, unique in the network and stable: {@code backbone.} or {@code head.} and
 *     the path within
 * @param part which part it belongs to
 * @param learned whether it has a gradient when its part is trained; running statistics have none
 * @param parameter the parameter itself
 */
public record NamedParameter(String name, ModelPart part, boolean learned, Parameter parameter) {

  /**
   * Says whether it is a weight of a layer, as opposed to a bias or a normalisation's scale or
   * shift.
   *
   * @return whether rules that decay weights alone decay it
   */
  public boolean decayed() {
    return parameter.getType() == Parameter.Type.WEIGHT;
  }
}
