package org.equipoise.experiments.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.equipoise.api.Explanation;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.plan.PlannedRun;
import org.equipoise.experiments.plan.PlannedStage;
import org.equipoise.experiments.record.LossEffect;
import org.equipoise.experiments.record.LossEffect.ClassEffect;
import org.equipoise.experiments.training.BoundStage;

/** Asks the losses of a run what they do to a frequent, a middling and a rare class. */
final class LossEffects {

  private LossEffects() {}

  /** Asks those of all stages that train, in their order. */
  static List<LossEffect> of(PlannedRun run, LabelledData data) {
    List<Integer> classes = classes(run.statistics().instances());
    List<LossEffect> effects = new ArrayList<>();
    for (PlannedStage stage : run.stages()) {
      stage.bind(data, run.statistics()).map(parts -> of(parts, classes)).ifPresent(effects::add);
    }
    return effects;
  }

  private static LossEffect of(BoundStage parts, List<Integer> classes) {
    List<ClassEffect> effects = new ArrayList<>();
    for (int c : classes) {
      OptionalDouble weight =
          parts.lastWeights().map(w -> OptionalDouble.of(w[c])).orElse(OptionalDouble.empty());
      effects.add(new ClassEffect(finite(parts.loss().explain(c)), weight));
    }
    return new LossEffect(parts.stage().name(), parts.stage().loss().typeName(), effects);
  }

  /** Returns the classes of largest, middle and smallest count; of equal ones the first. */
  static List<Integer> classes(ClassCounts counts) {
    List<Integer> byCount =
        IntStream.range(0, counts.classes())
            .boxed()
            .sorted(Comparator.comparingLong((Integer c) -> -counts.count(c)))
            .toList();
    int last = byCount.size() - 1;
    return IntStream.of(0, last / 2, last).distinct().mapToObj(byCount::get).toList();
  }

  // JSON has no word for the others, and a record that cannot be read again is no record.
  private static Explanation finite(Explanation explanation) {
    SortedMap<String, Double> numbers = new TreeMap<>(explanation.numbers());
    numbers.values().removeIf(value -> !Double.isFinite(value));
    return new Explanation(explanation.classId(), explanation.summary(), numbers);
  }
}
