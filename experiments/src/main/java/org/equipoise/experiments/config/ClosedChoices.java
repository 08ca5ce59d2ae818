package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.Named;
import org.equipoise.experiments.json.ClosedSets;
import org.equipoise.experiments.registry.Spelling;

/** The records of a sealed interface. */
final class ClosedChoices implements Choices {

  private final String noun;
  private final Map<String, Class<?>> choices;
  private final ConfigDefaults defaults;

  ClosedChoices(Class<?> closedSet, ConfigDefaults defaults) {
    this.noun = Named.kebabCase(closedSet.getSimpleName());
    this.choices = ClosedSets.choices(closedSet);
    this.defaults = defaults;
  }

  @Override
  public String noun() {
    return noun;
  }

  @Override
  public Optional<Class<?>> find(String name) {
    return Optional.ofNullable(choices.get(name));
  }

  @Override
  public ObjectNode prototype(String name) {
    return defaults.of(choices.get(name));
  }

  @Override
  public String unknown(String name) {
    String hint = Spelling.hint(name, choices.keySet());
    return "no "
        + noun
        + " named \""
        + name
        + "\". Known: "
        + known()
        + (hint.isEmpty() ? "" : "." + hint);
  }

  @Override
  public String known() {
    return String.join(", ", choices.keySet());
  }
}
