package org.equipoise.experiments.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.experiments.record.LossEffect;
import org.equipoise.experiments.record.LossEffect.ClassEffect;

/** What losses do to classes, as rows: stages in which the same is done stand together. */
final class LossEffectRows {

  private final ExperimentReport report;

  LossEffectRows(ExperimentReport report) {
    this.report = report;
  }

  /** Returns the rows with a head; none if no arm has an effect on record. */
  List<List<String>> rows() {
    Map<LossEffect, List<String>> places = new LinkedHashMap<>();
    for (ArmSummary arm : report.arms()) {
      for (LossEffect effect : arm.lossEffects()) {
        places
            .computeIfAbsent(nameless(effect), same -> new ArrayList<>())
            .add(arm.arm() + " / " + effect.stage());
      }
    }
    if (places.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arm / stage", "loss", "what it does", "class", "trained on", "class weight"));
    places.forEach((effect, where) -> rows.addAll(rows(effect, String.join(", ", where))));
    return rows;
  }

  private static LossEffect nameless(LossEffect effect) {
    return new LossEffect("", effect.loss(), effect.classes());
  }

  private List<List<String>> rows(LossEffect effect, String where) {
    List<List<String>> rows = new ArrayList<>();
    for (ClassEffect one : effect.classes()) {
      int classId = one.explanation().classId();
      ClassSummary entry = report.classes().get(classId);
      rows.add(
          List.of(
              where,
              effect.loss(),
              one.explanation().text(),
              classId + " " + entry.name(),
              Long.toString(entry.trainImages()),
              FigureText.number(one.classWeight())));
    }
    return rows;
  }
}
