package org.equipoise.evaluation.detection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.Described;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Average precision and recall of detections, by the rules of COCO or LVIS, as a metric: a batch is
 * the detections in some images, with the ground truth of these images.
 *
 * <p>Figures: scalars by the names of {@link DetectionResult#figures}, in [0, 1]; vector {@code AP}
 * by category, ascending by id, empty for one that nothing was to be found for. Frequencies of
 * categories are those of the ground truth, never those of the train statistics.
 *
 * @param rules whose rules
 * @param iouType what is compared
 * @see <a href="https://arxiv.org/abs/1908.03195">Gupta et al. 2019, LVIS: A Dataset for Large
 *     Vocabulary Instance Segmentation, section 4.1</a>
 */
@Described(
    summary = "Average precision and recall of detections, by the rules of COCO or LVIS.",
    formula =
        "AP = mean over categories, IoU .5:.05:.95 and recalls 0:.01:1 of max precision at >="
            + " recall",
    source = "Gupta et al. 2019, section 4.1; lvis-api, pycocotools",
    differs = "The official tools give -1 where nothing was to be found; here it is absent.")
public record DetectionAp(DetectionRules rules, IouType iouType)
    implements MetricSpec<Detections, DetectionTally> {

  /** The rules of LVIS, on boxes. */
  public DetectionAp() {
    this(DetectionRules.LVIS, IouType.BBOX);
  }

  @Override
  public String typeName() {
    return "detection-ap";
  }

  private DetectionEvaluation evaluation() {
    return new DetectionEvaluation(rules, iouType);
  }

  @Override
  public DetectionTally identity(TrainStatistics train) {
    return evaluation().empty();
  }

  @Override
  public DetectionTally update(DetectionTally state, Detections batch) {
    return state.plus(evaluation().tally(batch));
  }

  @Override
  public DetectionTally merge(DetectionTally a, DetectionTally b) {
    return a.plus(b);
  }

  @Override
  public MetricResult compute(DetectionTally state) {
    DetectionResult result = state.result();
    SortedMap<String, Double> scalars = new TreeMap<>();
    result.figures().forEach((name, value) -> value.ifPresent(v -> scalars.put(name, v)));
    Map<Category, OptionalDouble> found = new HashMap<>();
    result.categories().forEach(of -> found.put(of.category(), OptionalDouble.of(of.ap())));
    SortedMap<String, List<OptionalDouble>> vectors = new TreeMap<>();
    vectors.put(
        "AP",
        state.categories().list().stream()
            .map(category -> found.getOrDefault(category, OptionalDouble.empty()))
            .toList());
    return new MetricResult(scalars, vectors, new TreeMap<>());
  }
}
