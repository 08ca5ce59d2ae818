package org.equipoise.experiments.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.equipoise.experiments.json.CanonicalJson;

/** Computes stage keys. Safe for use by several threads. */
public final class StageKeys {

  private final ObjectMapper mapper;
  private final TrainingCode training;
  // Many stages use the same parts, and reading class files is slow beside hashing a config.
  private final Map<Class<?>, String> fingerprints = new ConcurrentHashMap<>();

  /**
   * Computes keys of stages that some code trains.
   *
   * @param mapper a mapper that knows the parts
   * @param training the code
   */
  @Inject
  public StageKeys(ObjectMapper mapper, TrainingCode training) {
    this.mapper = mapper;
    this.training = training;
  }

  /**
   * Returns the key of a computation.
   *
   * @param computation what is computed
   * @return the SHA-256 of its canonical JSON, of the code of all its parts and of what trains it
   * @throws IllegalArgumentException if a part is no record
   */
  public StageKey of(Computation computation) {
    ObjectNode content = mapper.valueToTree(computation);
    ObjectNode stage = (ObjectNode) content.get("stage");
    // A name is for people, and the others are applied to model and training already, so that a
    // stage that spells out the run's own epochs is the stage that leaves them out.
    stage.remove(List.of("name", "head", "epochs", "learningRate", "schedule"));
    // Which stage it starts from is said by that stage's key.
    ((ObjectNode) stage.get("start")).remove("stage");
    content.put("engine", training.engine());
    ObjectNode code = content.putObject("code");
    PartClasses.in(computation).forEach(part -> code.put(part.getName(), fingerprint(part)));
    code.put("training", fingerprint(training.root()));
    return new StageKey(new CanonicalJson(mapper).sha256(content));
  }

  private String fingerprint(Class<?> type) {
    return fingerprints.computeIfAbsent(type, CodeFingerprint::of);
  }
}
