package org.equipoise.experiments.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.List;
import org.equipoise.api.Named;
import org.equipoise.experiments.registry.PartKind;

/** Tells Jackson which types carry a name, so that the API need not know Jackson. */
final class PartIntrospector extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
    Class<?> type = annotated.getRawType();
    // Properties are asked for too; theirs would go around lists and optionals, not into them.
    if (annotated instanceof AnnotatedClass && isNamed(type)) {
      return JsonTypeInfo.Value.from(Typed.class.getAnnotation(JsonTypeInfo.class));
    }
    return super.findPolymorphicTypeInfo(config, annotated);
  }

  @Override
  public List<NamedType> findSubtypes(Annotated annotated) {
    Class<?> type = annotated.getRawType();
    if (!ClosedSets.isClosedSet(type)) {
      return super.findSubtypes(annotated);
    }
    return ClosedSets.choices(type).entrySet().stream()
        .map(choice -> new NamedType(choice.getValue(), choice.getKey()))
        .toList();
  }

  @Override
  public String findTypeName(AnnotatedClass annotated) {
    Class<?> type = annotated.getRawType();
    return type.isRecord() && ClosedSets.closedSetOf(type).isPresent()
        ? Named.kebabCase(type.getSimpleName())
        : super.findTypeName(annotated);
  }

  private static boolean isNamed(Class<?> type) {
    return ClosedSets.closedSetOf(type).isPresent()
        || Arrays.stream(PartKind.values()).anyMatch(kind -> kind.spi().isAssignableFrom(type));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = Json.TYPE)
  private interface Typed {}
}
