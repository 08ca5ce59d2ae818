package org.equipoise.experiments.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;

/**
 * The one way in which configs, plans and records become JSON and come back.
 *
 * <p>A part is an object with its name under {@code "type"} and one key for each component of its
 * record. Enum constants are in kebab-case. Reading is strict: a missing, unknown or repeated key,
 * a null, a fraction where a whole number belongs, a text where a number belongs are all errors.
 */
public final class Json {

  /** The key that holds a part's name. */
  public static final String TYPE = "type";

  private Json() {}

  /**
   * Returns a mapper that knows the parts of a registry.
   *
   * @param registry the parts
   * @return a mapper, safe for use by several threads as long as nobody reconfigures it
   */
  public static ObjectMapper mapper(Registry registry) {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .annotationIntrospector(new PartIntrospector())
            .addModule(new Jdk8Module())
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            // Schubfach: the shortest digits on every Java version, which JDK 17 itself misses.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // A record is its components; a method that looks like a getter adds nothing.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY);
    for (PartKind kind : PartKind.values()) {
      for (RegisteredPart part : registry.parts(kind)) {
        builder.registerSubtypes(new NamedType(part.prototype().getClass(), part.typeName()));
      }
    }
    return builder.build();
  }
}
