package org.equipoise.experiments.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tries the rules that a record's constructor holds.
 *
 * <p>A constructor complains about one key at a time. By giving each such key its default and
 * trying again, all complaints are heard.
 */
final class RecordRules {

  private final ObjectMapper mapper;

  RecordRules(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Returns what the constructor says against the values that are not known to be wrong yet. */
  List<Problem> check(String path, Draft draft) {
    List<Problem> problems = new ArrayList<>();
    ObjectNode values = draft.values();
    Set<String> stoodIn = new HashSet<>();
    for (String key : draft.wrong()) {
      if (!standIn(key, draft, values, stoodIn)) {
        return problems;
      }
    }
    Optional<Problem> complaint = complaint(path, draft.form(), values);
    while (complaint.isPresent()) {
      String key = Paths.last(complaint.get().path());
      boolean ofKey = !complaint.get().path().equals(path);
      // With a default in the place of a wrong value, a rule between keys proves nothing.
      if (ofKey ? stoodIn.contains(key) : !stoodIn.isEmpty()) {
        return problems;
      }
      problems.add(complaint.get());
      if (!ofKey || !standIn(key, draft, values, stoodIn)) {
        return problems;
      }
      complaint = complaint(path, draft.form(), values);
    }
    return problems;
  }

  private static boolean standIn(String key, Draft draft, ObjectNode values, Set<String> stoodIn) {
    Optional<JsonNode> usual = draft.defaultOf(key);
    usual.ifPresent(node -> values.set(key, node));
    return usual.isPresent() && stoodIn.add(key);
  }

  private Optional<Problem> complaint(String path, Form form, ObjectNode values) {
    try {
      mapper.treeToValue(values, form.type());
      return Optional.empty();
    } catch (ValueInstantiationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(
          cause instanceof IllegalArgumentException && cause.getMessage() != null
              ? refusal(path, form, cause.getMessage())
              : new Problem(path, "the values are refused with " + cause));
    } catch (JsonProcessingException e) {
      return Optional.of(new Problem(path, e.getOriginalMessage()));
    }
  }

  // "tau: must be >= 0, is -1" speaks of the key tau.
  private static Problem refusal(String path, Form form, String message) {
    String key = message.replaceFirst("(?s)[^A-Za-z0-9_].*", "");
    return form.keys().contains(key)
        ? new Problem(
            Paths.key(path, key), message.substring(key.length()).replaceFirst("^:? ", ""))
        : new Problem(path, message);
  }
}
