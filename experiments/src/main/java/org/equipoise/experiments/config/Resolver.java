package org.equipoise.experiments.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.experiments.json.ClosedSets;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.registry.Spelling;

/**
 * Lays what a user wrote over the defaults, so that every key is spelled out.
 *
 * <p>What keys there are is read off the components of the records, so that a third party's record
 * works like any other. Every result is empty if there was a problem in it, which then is among the
 * problems gathered.
 */
final class Resolver {

  private final Registry registry;
  private final ObjectMapper mapper;
  private final ConfigDefaults defaults;
  private final Problems problems;
  private final Scalars scalars;

  Resolver(Registry registry, ObjectMapper mapper, ConfigDefaults defaults, Problems problems) {
    this.registry = registry;
    this.mapper = mapper;
    this.defaults = defaults;
    this.problems = problems;
    this.scalars = new Scalars(mapper);
  }

  /** Resolves the config itself; what its own constructor would check is left to the caller. */
  Optional<JsonNode> experiment(ObjectNode given) {
    JavaType type = mapper.constructType(ExperimentConfig.class);
    return record("", Form.ofGroup(type), given, Optional.empty());
  }

  private Optional<JsonNode> value(
      String path, JavaType type, Optional<JsonNode> given, Optional<JsonNode> fallback) {
    if (type.isReferenceType()) {
      return optional(path, type.getReferencedType(), given, fallback);
    }
    JsonNode node = given.or(() -> fallback).or(() -> emptyRecord(type)).orElse(null);
    if (node == null) {
      return fail(path, "missing; expected " + expected(type));
    }
    Class<?> raw = type.getRawClass();
    if (PartKind.ofSpi(raw).isPresent() || ClosedSets.isClosedSet(raw)) {
      return object(path, type, node).flatMap(o -> part(path, type, o, objectIn(fallback)));
    }
    if (raw.isRecord()) {
      return object(path, type, node)
          .flatMap(o -> record(path, Form.ofGroup(type), o, objectIn(fallback)))
          .flatMap(resolved -> checked(path, raw, resolved));
    }
    if (type.isCollectionLikeType() || type.isArrayType()) {
      return list(path, type, node);
    }
    return Scalars.isScalar(raw) ? scalar(path, type, node) : other(path, type, node);
  }

  private Optional<JsonNode> optional(
      String path, JavaType type, Optional<JsonNode> given, Optional<JsonNode> fallback) {
    JsonNode node = given.or(() -> fallback).orElse(NullNode.instance);
    return node.isNull() ? Optional.of(node) : value(path, type, given, fallback);
  }

  // A group of keys that is left out altogether may still be complete by its defaults.
  private static Optional<JsonNode> emptyRecord(JavaType type) {
    return type.getRawClass().isRecord()
        ? Optional.of(JsonNodeFactory.instance.objectNode())
        : Optional.empty();
  }

  private Optional<JsonNode> part(
      String path, JavaType type, ObjectNode given, Optional<ObjectNode> fallback) {
    Choices choices = choices(type);
    String typePath = Paths.key(path, Json.TYPE);
    Optional<String> usual = fallback.map(node -> node.path(Json.TYPE).textValue());
    JsonNode written = given.get(Json.TYPE);
    if (written == null && usual.isEmpty()) {
      return fail(typePath, "missing; known: " + choices.known());
    }
    if (written != null && !written.isTextual()) {
      return fail(typePath, "expected a text, found " + Scalars.found(written));
    }
    String name = written == null ? usual.get() : written.textValue();
    Optional<Class<?>> chosen = choices.find(name);
    if (chosen.isEmpty()) {
      return fail(typePath, choices.unknown(name));
    }
    // Naming the type that stands there anyway changes nothing else about it.
    ObjectNode base =
        fallback
            .filter(node -> usual.filter(name::equals).isPresent())
            .orElseGet(() -> choices.prototype(name));
    Form form = Form.ofPart(choices.noun(), name, mapper.constructType(chosen.get()));
    return record(path, form, given, Optional.of(base))
        .map(resolved -> typed(name, resolved))
        .flatMap(resolved -> checked(path, chosen.get(), resolved));
  }

  private static JsonNode typed(String name, JsonNode resolved) {
    ObjectNode typed = JsonNodeFactory.instance.objectNode().put(Json.TYPE, name);
    return typed.setAll((ObjectNode) resolved);
  }

  private Optional<JsonNode> record(
      String path, Form form, ObjectNode given, Optional<ObjectNode> fallback) {
    boolean complete = knowsAllKeys(path, form, given);
    ObjectNode usual = defaults.of(form.type().getRawClass());
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    for (RecordComponent component : form.components()) {
      String key = component.getName();
      Optional<JsonNode> ifMissing =
          fallback.map(node -> node.get(key)).or(() -> Optional.ofNullable(usual.get(key)));
      JavaType type =
          mapper
              .getTypeFactory()
              .resolveMemberType(component.getGenericType(), form.type().getBindings());
      Optional<JsonNode> child =
          value(Paths.key(path, key), type, Optional.ofNullable(given.get(key)), ifMissing);
      child.ifPresent(node -> resolved.set(key, node));
      complete &= child.isPresent();
    }
    return complete ? Optional.of(resolved) : Optional.empty();
  }

  private boolean knowsAllKeys(String path, Form form, ObjectNode given) {
    List<String> known = form.keys();
    boolean all = true;
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String key = entry.getKey();
      if (form.allKeys().contains(key)) {
        continue;
      }
      all = false;
      String list =
          known.isEmpty() ? "It has no keys." : "Known: " + String.join(", ", known) + ".";
      problems.add(
          Paths.key(path, key),
          form.subject()
              + " has no key \""
              + key
              + "\". "
              + list
              + Spelling.hint(key, form.allKeys()));
    }
    return all;
  }

  // The children are right by themselves here, so what fails now is the record's own rule.
  private Optional<JsonNode> checked(String path, Class<?> record, JsonNode resolved) {
    try {
      mapper.treeToValue(resolved, record);
      return Optional.of(resolved);
    } catch (ValueInstantiationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        return refused(path, record, cause.getMessage());
      }
      return fail(path, "the values are refused with " + cause);
    } catch (JsonProcessingException e) {
      return fail(path, e.getOriginalMessage());
    }
  }

  // "tau: must be >= 0, -1" speaks of the key tau.
  private Optional<JsonNode> refused(String path, Class<?> record, String message) {
    String key = message.replaceFirst("(?s)[^A-Za-z0-9_].*", "");
    boolean isKey =
        Arrays.stream(record.getRecordComponents()).anyMatch(c -> c.getName().equals(key));
    if (!isKey) {
      return fail(path, message);
    }
    return fail(Paths.key(path, key), message.substring(key.length()).replaceFirst("^:? ", ""));
  }

  private Optional<JsonNode> list(String path, JavaType type, JsonNode given) {
    if (!given.isArray()) {
      return fail(path, "expected a list, found " + Scalars.found(given));
    }
    ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < given.size(); i++) {
      value(
              Paths.index(path, i),
              type.getContentType(),
              Optional.of(given.get(i)),
              Optional.empty())
          .ifPresent(resolved::add);
    }
    return resolved.size() == given.size() ? Optional.of(resolved) : Optional.empty();
  }

  private Optional<JsonNode> scalar(String path, JavaType type, JsonNode given) {
    Optional<String> complaint = scalars.complaint(type, given);
    return complaint.isPresent() ? fail(path, complaint.get()) : Optional.of(given);
  }

  private Optional<JsonNode> other(String path, JavaType type, JsonNode given) {
    try {
      mapper.readerFor(type).readValue(given);
      return Optional.of(given);
    } catch (JsonProcessingException e) {
      return fail(path, e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory needs no reading", e);
    }
  }

  private static Optional<ObjectNode> objectIn(Optional<JsonNode> node) {
    return node.filter(JsonNode::isObject).map(ObjectNode.class::cast);
  }

  private Optional<ObjectNode> object(String path, JavaType type, JsonNode given) {
    if (given instanceof ObjectNode object) {
      return Optional.of(object);
    }
    problems.add(path, "expected " + expected(type) + ", found " + Scalars.found(given));
    return Optional.empty();
  }

  private String expected(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (PartKind.ofSpi(raw).isPresent() || ClosedSets.isClosedSet(raw)) {
      return "a mapping with the key \"" + Json.TYPE + "\"";
    }
    if (type.isCollectionLikeType() || type.isArrayType()) {
      return "a list";
    }
    return Scalars.isScalar(raw) ? scalars.expected(raw) : "a mapping";
  }

  private Choices choices(JavaType type) {
    Class<?> raw = type.getRawClass();
    return PartKind.ofSpi(raw)
        .<Choices>map(kind -> new PartChoices(kind, registry, mapper, type))
        .orElseGet(() -> new ClosedChoices(raw, defaults));
  }

  private Optional<JsonNode> fail(String path, String text) {
    problems.add(path, text);
    return Optional.empty();
  }
}
