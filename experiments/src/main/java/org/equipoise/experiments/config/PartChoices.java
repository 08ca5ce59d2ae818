package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Collectors;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;

/** The registered parts of a kind, as far as their type parameters fit the place. */
final class PartChoices implements Choices {

  private final PartKind kind;
  private final Registry registry;
  private final ObjectMapper mapper;
  private final JavaType place;

  PartChoices(PartKind kind, Registry registry, ObjectMapper mapper, JavaType place) {
    this.kind = kind;
    this.registry = registry;
    this.mapper = mapper;
    this.place = place;
  }

  @Override
  public String noun() {
    return kind.noun();
  }

  @Override
  public Optional<Class<?>> find(String name) {
    return registry.find(kind, name).filter(this::fits).map(part -> part.prototype().getClass());
  }

  @Override
  public ObjectNode prototype(String name) {
    return mapper.valueToTree(registry.require(kind, name).prototype());
  }

  @Override
  public String unknown(String name) {
    return registry.unknown(kind, name, this::fits);
  }

  @Override
  public String known() {
    return registry.parts(kind).stream()
        .filter(this::fits)
        .map(RegisteredPart::label)
        .collect(Collectors.joining(", "));
  }

  /** A metric of boxes is no metric of class predictions, though both are metrics. */
  private boolean fits(RegisteredPart part) {
    JavaType type = mapper.constructType(part.prototype().getClass());
    JavaType[] offered = mapper.getTypeFactory().findTypeParameters(type, kind.spi());
    for (int i = 0; i < place.containedTypeCount(); i++) {
      Class<?> wanted = place.containedType(i).getRawClass();
      if (wanted != Object.class && !offered[i].getRawClass().isAssignableFrom(wanted)) {
        return false;
      }
    }
    return true;
  }
}
