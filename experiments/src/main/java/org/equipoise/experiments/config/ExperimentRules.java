package org.equipoise.experiments.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.equipoise.experiments.registry.Spelling;

/** What must hold between the parts of an experiment. */
final class ExperimentRules {

  /** What names folders and files on every system. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final String NAME_RULE =
      "expected up to 64 letters, digits, \".\", \"_\" and \"-\", a letter or digit first, is ";

  private final List<Problem> problems = new ArrayList<>();

  List<Problem> problems() {
    return problems;
  }

  void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      add("name", NAME_RULE + "\"" + name + "\"");
    }
  }

  void checkThreads(long threads) {
    if (threads < 1) {
      add("threads", "expected >= 1, is " + threads);
    }
  }

  void checkSeeds(List<Long> seeds) {
    if (seeds.isEmpty()) {
      add("seeds", "expected at least one seed, is empty");
    }
    Map<Long, Integer> first = new HashMap<>();
    for (int i = 0; i < seeds.size(); i++) {
      Integer earlier = first.putIfAbsent(seeds.get(i), i);
      if (earlier != null) {
        add("seeds[" + i + "]", "seed " + seeds.get(i) + " is already seeds[" + earlier + "]");
      }
    }
  }

  /**
   * Checks the ids of the arms.
   *
   * @param ids one for each arm; empty where the arm's id is wrong anyway
   */
  void checkArms(List<Optional<String>> ids) {
    if (ids.isEmpty()) {
      add("arms", "expected at least one arm, is empty");
    }
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      String path = "arms[" + i + "].id";
      String id = ids.get(i).orElse(null);
      if (id == null) {
        continue;
      }
      if (!NAME.matcher(id).matches()) {
        add(path, NAME_RULE + "\"" + id + "\"");
      }
      Integer earlier = first.putIfAbsent(id, i);
      if (earlier != null) {
        add(path, "\"" + id + "\" is already the id of arms[" + earlier + "]");
      }
    }
  }

  void checkBaseline(String baseline, List<String> ids) {
    if (!ids.isEmpty() && !ids.contains(baseline)) {
      String known = ids.stream().distinct().collect(Collectors.joining(", "));
      String hint = Spelling.hint(baseline, ids);
      String end = hint.isEmpty() ? "" : "." + hint;
      add("baseline", "no arm has the id \"" + baseline + "\". Known: " + known + end);
    }
  }

  private void add(String path, String text) {
    problems.add(new Problem(path, text));
  }
}
