package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.equipoise.experiments.json.Json;

/**
 * The keys of one record while they are gathered.
 *
 * <p>Where a key's value is wrong, its default can stand in for it, so that the record's own rules
 * can still be tried on the other keys.
 */
final class Draft {

  private final Form form;
  private final ObjectNode values = JsonNodeFactory.instance.objectNode();
  private final Map<String, Supplier<Optional<JsonNode>>> defaults = new HashMap<>();
  private final Set<String> wrong = new HashSet<>();
  private final boolean keysKnown;

  Draft(Form form, boolean keysKnown) {
    this.form = form;
    this.keysKnown = keysKnown;
    form.name().ifPresent(name -> values.put(Json.TYPE, name));
  }

  /** Takes up a key: its value, if it is right, and where its default would come from. */
  void set(String key, Optional<JsonNode> value, Supplier<Optional<JsonNode>> ifWrong) {
    defaults.put(key, ifWrong);
    value.ifPresentOrElse(node -> values.set(key, node), () -> wrong.add(key));
  }

  Form form() {
    return form;
  }

  /** Returns the keys whose values are wrong. */
  Set<String> wrong() {
    return Set.copyOf(wrong);
  }

  /** Returns the default of a key, if it has one. */
  Optional<JsonNode> defaultOf(String key) {
    return defaults.get(key).get();
  }

  /** Returns a copy of the values that are right. */
  ObjectNode values() {
    return values.deepCopy();
  }

  /** Returns all values, if none is wrong and no key unknown. */
  Optional<JsonNode> finished() {
    return wrong.isEmpty() && keysKnown ? Optional.of(values) : Optional.empty();
  }
}
