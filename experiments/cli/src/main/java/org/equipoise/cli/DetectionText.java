package org.equipoise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.evaluation.detection.DetectionResult;
import org.equipoise.evaluation.detection.GroundTruth;

/** Lays out the result of an evaluation of detections for people. */
final class DetectionText {

  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("AP", "IoU 0.50 to 0.95"),
          Map.entry("AP50", "IoU 0.50"),
          Map.entry("AP75", "IoU 0.75"),
          Map.entry("APs", "small objects"),
          Map.entry("APm", "medium objects"),
          Map.entry("APl", "large objects"),
          Map.entry("APr", "rare categories"),
          Map.entry("APc", "common categories"),
          Map.entry("APf", "frequent categories"),
          Map.entry("AR", "recall, IoU 0.50 to 0.95"),
          Map.entry("ARs", "recall, small objects"),
          Map.entry("ARm", "recall, medium objects"),
          Map.entry("ARl", "recall, large objects"));

  private DetectionText() {}

  static List<String> of(
      GroundTruth truth, DetectionResult result, Optional<DetectionResult> fixed) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, %s: %,d images, %,d categories with objects, %,d objects, %,d detections",
            result.evaluation().rules(),
            result.evaluation().iouType().label(),
            truth.imageCount(),
            result.categories().size(),
            result.counts().annotationsByArea().get(0),
            result.counts().detectionsGiven()));
    lines.add("");
    if (fixed.isPresent()) {
      lines.add(row("", "official", "fixed", ""));
    }
    result
        .figures()
        .forEach(
            (name, value) -> {
              String plain = name.replaceFirst("@.*", "");
              lines.add(
                  row(
                      name,
                      percent(value),
                      fixed.map(other -> percent(other.figures().get(plain))).orElse(""),
                      MEANINGS.get(plain)));
            });
    lines.add("");
    lines.add("In percent; – where nothing was to be found.");
    if (!result.findings().isEmpty()) {
      lines.add("");
      result
          .findings()
          .forEach(
              (finding, count) ->
                  lines.add(String.format(Locale.ROOT, "%,12d  %s", count, finding.text())));
    }
    return lines;
  }

  private static String row(String name, String official, String fixed, String meaning) {
    String values =
        fixed.isEmpty()
            ? String.format(Locale.ROOT, "%8s", official)
            : String.format(Locale.ROOT, "%8s  %8s", official, fixed);
    return String.format(Locale.ROOT, "  %-8s%s  %s", name, values, meaning).stripTrailing();
  }

  private static String percent(OptionalDouble value) {
    return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%.2f", 100 * value.getAsDouble());
  }
}
