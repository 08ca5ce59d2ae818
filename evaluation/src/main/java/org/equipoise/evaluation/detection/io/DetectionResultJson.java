package org.equipoise.evaluation.detection.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.equipoise.evaluation.detection.AreaRange;
import org.equipoise.evaluation.detection.CategoryResult;
import org.equipoise.evaluation.detection.DetectionCounts;
import org.equipoise.evaluation.detection.DetectionResult;
import org.equipoise.evaluation.detection.DetectionRules;

/**
 * Writes results as JSON, with full precision. What nothing was to be found for is -1, as the
 * official tools have it.
 *
 * <p>Keys: {@code iou_type}, {@code results} and {@code per_category} by category id; by the rules
 * of LVIS also {@code frequency_groups}, {@code counts} and {@code tp_fp_ignored_by_area_and_iou},
 * and {@code ap_fixed} if that was asked for.
 */
public final class DetectionResultJson {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final double ABSENT = -1;
  private static final List<AreaRange> PARTS =
      List.of(AreaRange.SMALL, AreaRange.MEDIUM, AreaRange.LARGE);

  private DetectionResultJson() {}

  /**
   * Writes a result.
   *
   * @param result the result
   * @param fixed the result of AP-fixed, if there is one
   * @param out where to; not closed
   * @throws IOException if it cannot be written
   */
  public static void write(
      DetectionResult result, Optional<DetectionResult> fixed, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      boolean lvis = result.evaluation().rules() == DetectionRules.LVIS;
      json.writeStartObject();
      json.writeStringField("iou_type", result.evaluation().iouType().label());
      figures("results", result, json);
      json.writeObjectFieldStart("per_category");
      for (CategoryResult category : result.categories()) {
        category(category, lvis, json);
      }
      json.writeEndObject();
      if (lvis) {
        groups(result, json);
        counts(result.counts(), json);
        outcomes(result, json);
      }
      if (fixed.isPresent()) {
        figures("ap_fixed", fixed.get(), json);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void figures(String name, DetectionResult result, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (var figure : result.figures().entrySet()) {
      json.writeNumberField(figure.getKey(), figure.getValue().orElse(ABSENT));
    }
    json.writeEndObject();
  }

  private static void category(CategoryResult category, boolean areas, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(String.valueOf(category.category().id()));
    json.writeNumberField("AP", category.ap());
    numbers("AP_by_iou", category.apByIou(), json);
    numbers("recall_by_iou", category.recallByIou(), json);
    if (areas) {
      for (AreaRange area : PARTS) {
        json.writeNumberField("AP" + area.suffix(), category.apByArea().getOrDefault(area, ABSENT));
      }
    }
    json.writeEndObject();
  }

  private static void numbers(String name, List<Double> values, JsonGenerator json)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(values.stream().mapToDouble(Double::doubleValue).toArray(), 0, values.size());
  }

  private static void groups(DetectionResult result, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("frequency_groups");
    for (var group : result.groups().entrySet()) {
      json.writeFieldName(group.getKey().label());
      integers(group.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void counts(DetectionCounts counts, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("counts");
    json.writeNumberField("dt_in_file", counts.detectionsGiven());
    json.writeNumberField("dt_after_300_per_image", counts.detectionsTaken());
    json.writeNumberField("dt_evaluated", counts.detectionsEvaluated());
    json.writeNumberField("gt_evaluated", counts.annotationsEvaluated());
    json.writeFieldName("gt_not_ignored_by_area[all,small,medium,large]");
    integers(counts.annotationsByArea(), json);
    json.writeEndObject();
  }

  private static void outcomes(DetectionResult result, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("tp_fp_ignored_by_area_and_iou");
    for (List<List<Long>> area : result.outcomes()) {
      json.writeStartArray();
      for (List<Long> iou : area) {
        integers(iou, json);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void integers(List<Long> values, JsonGenerator json) throws IOException {
    json.writeArray(values.stream().mapToLong(Long::longValue).toArray(), 0, values.size());
  }
}
