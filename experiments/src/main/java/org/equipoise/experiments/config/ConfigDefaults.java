package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.weights.Pretrained;

/**
 * What a config leaves out.
 *
 * <p>Parts stand here by name alone: this module does not compile against any of them, and their
 * own keys default to what they publish.
 */
final class ConfigDefaults {

  private static final String[] METRICS = {
    "top-k", "balanced-accuracy", "shot-accuracy", "per-class-recall", "confusion"
  };

  private final ObjectMapper mapper;
  private final Map<Class<?>, ObjectNode> byRecord;

  /**
   * Holds the defaults of one experiment.
   *
   * @param mapper writes the defaults that records publish themselves
   * @param name the experiment's name if it has none
   * @param baseline the arm that others are compared with if none is named
   */
  ConfigDefaults(ObjectMapper mapper, String name, String baseline) {
    this.mapper = mapper;
    ObjectNode experiment = object().put("name", name).put("threads", 1).put("baseline", baseline);
    experiment.set("selection", part("last"));
    ArrayNode metrics = experiment.putArray("metrics");
    for (String metric : METRICS) {
      metrics.add(part(metric));
    }
    ObjectNode training = object();
    training.set("optimizer", part("sgd"));
    training.set("schedule", part("cosine"));
    training.putArray("augmentation");
    training.set("frozenFeatures", part("on-the-fly"));
    ObjectNode arm = object();
    arm.set("method", part("single-stage"));
    arm.putArray("accept");
    this.byRecord =
        Map.of(
            ExperimentConfig.class,
            experiment,
            ModelConfig.class,
            object().set("head", part("linear")),
            Pretrained.class,
            object().put("names", "pytorch").put("parts", "backbone").put("frozen", false),
            TrainingConfig.class,
            training,
            ArmConfig.class,
            arm);
  }

  /**
   * Returns what is known of a record's keys: the values of its no-argument constructor, if any.
   */
  ObjectNode of(Class<?> record) {
    ObjectNode known = byRecord.get(record);
    if (known != null) {
      return known;
    }
    try {
      return mapper.valueToTree(record.getConstructor().newInstance());
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      return object();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          record.getName() + ": its defaults cannot be created: " + e.getCause(), e.getCause());
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode part(String type) {
    return object().put(Json.TYPE, type);
  }
}
