package org.equipoise.experiments.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
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
    Form form = Form.ofGroup(mapper.constructType(ExperimentConfig.class));
    return draft("", form, given, Optional.empty()).finished();
  }

  private Optional<JsonNode> value(
      String path, JavaType type, Optional<JsonNode> given, Optional<JsonNode> fallback) {
    if (given.filter(TreeReader::isBroken).isPresent()) {
      return Optional.empty();
    }
    if (type.isReferenceType()) {
      return optional(path, type.getReferencedType(), given, fallback);
    }
    JsonNode node = given.or(() -> fallback).or(() -> emptyGroup(type)).orElse(null);
    if (node == null) {
      return fail(path, "missing; expected " + expected(type));
    }
    Class<?> raw = type.getRawClass();
    if (isChoice(raw)) {
      return object(path, type, node).flatMap(o -> part(path, type, o, objectIn(fallback)));
    }
    if (raw.isRecord()) {
      return object(path, type, node)
          .flatMap(o -> record(path, Form.ofGroup(type), o, objectIn(fallback)));
    }
    if (isList(type)) {
      return list(path, type, node);
    }
    if (isMap(type)) {
      return object(path, type, node).flatMap(o -> map(path, type, o));
    }
    return Scalars.isScalar(raw) ? scalar(path, type, node) : other(path, type, node);
  }

  private Optional<JsonNode> optional(
      String path, JavaType type, Optional<JsonNode> given, Optional<JsonNode> fallback) {
    JsonNode node = given.or(() -> fallback).orElse(NullNode.instance);
    return node.isNull() ? Optional.of(node) : value(path, type, given, fallback);
  }

  // A group of keys that is left out altogether may still be complete by its defaults.
  private static Optional<JsonNode> emptyGroup(JavaType type) {
    return type.getRawClass().isRecord()
        ? Optional.of(JsonNodeFactory.instance.objectNode())
        : Optional.empty();
  }

  private Optional<JsonNode> part(
      String path, JavaType type, ObjectNode given, Optional<ObjectNode> fallback) {
    Choices choices = choices(type);
    String typePath = Paths.key(path, Json.TYPE);
    Optional<String> usual =
        fallback.flatMap(node -> Optional.ofNullable(node.path(Json.TYPE).textValue()));
    JsonNode written = given.get(Json.TYPE);
    if (written == null && usual.isEmpty()) {
      return fail(typePath, "missing; expected one of " + choices.known());
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
        fallback.filter(node -> usual.get().equals(name)).orElseGet(() -> choices.prototype(name));
    Form form = Form.ofPart(choices.noun(), name, mapper.constructType(chosen.get()));
    return record(path, form, given, Optional.of(base));
  }

  private Optional<JsonNode> record(
      String path, Form form, ObjectNode given, Optional<ObjectNode> fallback) {
    Draft draft = draft(path, form, given, fallback);
    List<Problem> broken = new RecordRules(mapper).check(path, draft);
    problems.addAll(broken);
    return broken.isEmpty() ? draft.finished() : Optional.empty();
  }

  private Draft draft(String path, Form form, ObjectNode given, Optional<ObjectNode> fallback) {
    Draft draft = new Draft(form, knowsAllKeys(path, form, given));
    ObjectNode usual = defaults.of(form.type().getRawClass());
    for (RecordComponent component : form.components()) {
      String key = component.getName();
      Optional<JsonNode> ifMissing =
          fallback
              .map(node -> node.get(key))
              .or(() -> Optional.ofNullable(usual.get(key)))
              .filter(node -> form.name().isEmpty() || !isUnnamed(node));
      JavaType type =
          mapper
              .getTypeFactory()
              .resolveMemberType(component.getGenericType(), form.type().getBindings());
      String keyPath = Paths.key(path, key);
      draft.set(
          key,
          value(keyPath, type, Optional.ofNullable(given.get(key)), ifMissing),
          () -> standIn(keyPath, type, ifMissing));
    }
    return draft;
  }

  // A part that cannot do without a file has no default for it, and its prototype no name.
  private static boolean isUnnamed(JsonNode value) {
    return value.isTextual() && value.textValue().isEmpty();
  }

  // Nobody asked about the default of a wrong value, so its own problems are nobody's.
  private Optional<JsonNode> standIn(String path, JavaType type, Optional<JsonNode> usual) {
    return new Resolver(registry, mapper, defaults, new Problems())
        .value(path, type, Optional.empty(), usual)
        .or(() -> Scalars.inconspicuous(type));
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

  private Optional<JsonNode> list(String path, JavaType type, JsonNode given) {
    if (!given.isArray()) {
      return fail(path, "expected a list, found " + Scalars.found(given));
    }
    ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < given.size(); i++) {
      Optional<JsonNode> element = Optional.of(given.get(i));
      value(Paths.index(path, i), type.getContentType(), element, Optional.empty())
          .ifPresent(resolved::add);
    }
    return resolved.size() == given.size() ? Optional.of(resolved) : Optional.empty();
  }

  private Optional<JsonNode> map(String path, JavaType type, ObjectNode given) {
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String key = entry.getKey();
      Optional<JsonNode> element = Optional.of(entry.getValue());
      value(Paths.key(path, key), type.getContentType(), element, Optional.empty())
          .ifPresent(node -> resolved.set(key, node));
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

  private Optional<ObjectNode> object(String path, JavaType type, JsonNode given) {
    if (given instanceof ObjectNode object) {
      return Optional.of(object);
    }
    String hint =
        given.isTextual() && isChoice(type.getRawClass())
            ? "; write {" + Json.TYPE + ": " + given.textValue() + "}"
            : "";
    problems.add(path, "expected " + expected(type) + ", found " + Scalars.found(given) + hint);
    return Optional.empty();
  }

  private static Optional<ObjectNode> objectIn(Optional<JsonNode> node) {
    return node.filter(JsonNode::isObject).map(ObjectNode.class::cast);
  }

  private String expected(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (isChoice(raw)) {
      return "a mapping with the key \"" + Json.TYPE + "\"";
    }
    if (isList(type)) {
      return "a list";
    }
    return Scalars.isScalar(raw) ? scalars.expected(raw) : "a mapping";
  }

  private static boolean isChoice(Class<?> type) {
    return PartKind.ofSpi(type).isPresent() || ClosedSets.isClosedSet(type);
  }

  private static boolean isMap(JavaType type) {
    return type.isMapLikeType() && type.getKeyType().hasRawClass(String.class);
  }

  private static boolean isList(JavaType type) {
    return type.isCollectionLikeType() || type.isArrayType();
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
