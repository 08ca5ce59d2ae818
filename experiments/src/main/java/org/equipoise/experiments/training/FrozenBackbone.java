package org.equipoise.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.equipoise.api.data.Examples;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.experiments.models.Identity;
import org.equipoise.experiments.models.NamedParameter;
import org.equipoise.experiments.models.Network;

/**
 * The backbone of a network whose weights stay, with its features in a cache.
 *
 * @param task the stage
 * @param network backbone and head
 * @param cache keeps the features
 */
record FrozenBackbone(StageTask task, Network network, FeatureCache cache)
    implements AutoCloseable {

  /** Returns a network that takes features: the head with its weights, copied. */
  Network head(NDManager manager) {
    Network head =
        Network.create(
            manager,
            new Identity(),
            task.head(),
            new Shape(network.featureWidth()),
            task.data().classes(),
            new RandomStreams(task.streams()));
    head.takeOver(network.weights(), EnumSet.of(ModelPart.HEAD));
    return head;
  }

  /** Returns the features of the train split under a view. */
  NDArray train(NDManager manager, View view, FeatureCache.Watch watch) throws IOException {
    return cache.features(
        manager, new FeatureSource(task, network, "train", task.data().train(), view), watch);
  }

  /** Returns the features of the validation split under a view; there must be one. */
  NDArray validation(NDManager manager, View view, FeatureCache.Watch watch) throws IOException {
    Examples examples = task.data().validation().orElseThrow();
    return cache.features(
        manager, new FeatureSource(task, network, "validation", examples, view), watch);
  }

  /** Returns the features of the test split, whose images are plain. */
  NDArray test(NDManager manager) throws IOException {
    return cache.features(
        manager,
        new FeatureSource(task, network, "test", task.data().test(), View.PLAIN),
        (done, examples) -> {});
  }

  /** Returns the backbone's weights with those of a head, by name in their fixed order. */
  Map<String, NDArray> with(Map<String, NDArray> head) {
    Map<String, NDArray> whole = new LinkedHashMap<>();
    for (NamedParameter named : network.parameters()) {
      if (named.part() == ModelPart.BACKBONE) {
        whole.put(named.name(), named.parameter().getArray());
      }
    }
    whole.putAll(head);
    return whole;
  }

  @Override
  public void close() {
    network.close();
  }
}
