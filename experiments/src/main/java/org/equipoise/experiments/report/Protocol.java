package org.equipoise.experiments.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.equipoise.api.data.LabelledData;
import org.equipoise.experiments.record.RunRecord;

/**
 * Under which conditions the runs were made.
 *
 * @param common what all runs agree on, by name
 * @param differing what they do not agree on, which a reader must know before comparing
 */
public record Protocol(Map<String, String> common, List<Difference> differing) {

  private static final String CODE = "code ";
  private static final String DATA = "data ";

  /** Copies the collections, keeping their order. */
  public Protocol {
    common = Collections.unmodifiableMap(new LinkedHashMap<>(common));
    differing = List.copyOf(differing);
  }

  /**
   * A condition that differs between runs.
   *
   * @param what the condition
   * @param values each value with the runs that have it, as {@code arm s1}
   */
  public record Difference(String what, Map<String, List<String>> values) {

    /** Copies the map, keeping its order. */
    public Difference {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Returns the files that took the place of published ones, by name. */
  List<String> unverified() {
    String prefix = DATA + LabelledData.UNVERIFIED;
    return Stream.concat(common.keySet().stream(), differing.stream().map(Difference::what))
        .filter(what -> what.startsWith(prefix))
        .map(what -> what.substring(prefix.length()))
        .toList();
  }

  static Protocol of(List<RunRecord> records) {
    if (records.isEmpty()) {
      return new Protocol(Map.of(), List.of());
    }
    Map<String, String> common = new LinkedHashMap<>();
    List<Difference> differing = new ArrayList<>();
    conditions(records)
        .forEach(
            (what, condition) -> {
              Map<String, List<String>> values = new LinkedHashMap<>();
              for (RunRecord record : records) {
                condition
                    .apply(record)
                    .ifPresent(
                        value ->
                            values
                                .computeIfAbsent(value, v -> new ArrayList<>())
                                .add(record.arm() + " s" + record.seed()));
              }
              if (values.size() > 1) {
                differing.add(new Difference(what, values));
              } else if (!what.startsWith(CODE)) {
                common.put(what, values.keySet().iterator().next());
              }
            });
    return new Protocol(common, differing);
  }

  private static Map<String, Function<RunRecord, Optional<String>>> conditions(
      List<RunRecord> records) {
    Map<String, Function<RunRecord, Optional<String>>> conditions = new LinkedHashMap<>();
    for (String entry : names(records, r -> r.manifest().environment().entries())) {
      conditions.put(
          entry, record -> Optional.of(record.manifest().environment().entries().get(entry)));
    }
    conditions.put("train counts", record -> Optional.of(record.trainCounts().toString()));
    conditions.put("published counts", record -> Optional.of(record.publishedCounts().toString()));
    for (String data : names(records, record -> record.manifest().data())) {
      conditions.put(
          DATA + data,
          record -> Optional.of(record.manifest().data().getOrDefault(data, "not read")));
    }
    // Arms are made of different parts; but a part that two runs have must be the same part.
    for (String part : names(records, record -> record.manifest().code())) {
      conditions.put(
          CODE + part, record -> Optional.ofNullable(record.manifest().code().get(part)));
    }
    return conditions;
  }

  private static Set<String> names(
      List<RunRecord> records, Function<RunRecord, Map<String, String>> entries) {
    Set<String> names = new LinkedHashSet<>();
    records.forEach(record -> names.addAll(entries.apply(record).keySet()));
    return names;
  }
}
