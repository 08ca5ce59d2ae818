package org.equipoise.experiments.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.equipoise.experiments.record.RunRecord;

/**
 * Under which conditions the runs were made.
 *
 * @param common what all runs agree on, by name
 * @param differing what they do not agree on, which a reader must know before comparing
 */
public record Protocol(Map<String, String> common, List<Difference> differing) {

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

  static Protocol of(List<RunRecord> records) {
    Map<String, String> common = new LinkedHashMap<>();
    List<Difference> differing = new ArrayList<>();
    conditions(records)
        .forEach(
            (what, condition) -> {
              Map<String, List<String>> values = new LinkedHashMap<>();
              for (RunRecord record : records) {
                values
                    .computeIfAbsent(condition.apply(record), value -> new ArrayList<>())
                    .add(record.arm() + " s" + record.seed());
              }
              if (values.size() > 1) {
                differing.add(new Difference(what, values));
              } else if (!values.isEmpty()) {
                common.put(what, values.keySet().iterator().next());
              }
            });
    return new Protocol(common, differing);
  }

  private static Map<String, Function<RunRecord, String>> conditions(List<RunRecord> records) {
    Map<String, Function<RunRecord, String>> conditions = new LinkedHashMap<>();
    for (RunRecord record : records) {
      for (String entry : record.manifest().environment().entries().keySet()) {
        conditions.putIfAbsent(entry, other -> other.manifest().environment().entries().get(entry));
      }
    }
    conditions.put("train counts", record -> record.trainCounts().toString());
    conditions.put("published counts", record -> record.publishedCounts().toString());
    for (String data : dataNames(records)) {
      conditions.put(
          "data " + data, record -> record.manifest().data().getOrDefault(data, "not read"));
    }
    return conditions;
  }

  private static Set<String> dataNames(List<RunRecord> records) {
    Set<String> names = new LinkedHashSet<>();
    records.forEach(record -> names.addAll(record.manifest().data().keySet()));
    return names;
  }
}
