package com.acme;

import java.util.List;
import java.util.OptionalDouble;
import org.equipoise.evaluation.detection.Category;
import org.equipoise.evaluation.detection.DetectionEvaluation;
import org.equipoise.evaluation.detection.DetectionResult;
import org.equipoise.evaluation.detection.DetectionRules;
import org.equipoise.evaluation.detection.DetectionTally;
import org.equipoise.evaluation.detection.Detections;
import org.equipoise.evaluation.detection.GroundTruth;
import org.equipoise.evaluation.detection.IouType;
import org.equipoise.evaluation.detection.shape.Box;

final class ShardedDetections {

  private ShardedDetections() {}

  record Image(long id, double[] found) {}

  static OptionalDouble rareCategories(List<Category> categories, List<List<Image>> shards) {
    DetectionEvaluation lvis = new DetectionEvaluation(DetectionRules.LVIS, IouType.BBOX);
    DetectionTally tally = lvis.empty();
    for (List<Image> shard : shards) {
      GroundTruth.Builder truth = new GroundTruth.Builder(); // categories, images, annotations
      categories.forEach(truth::category);
      shard.forEach(image -> truth.image(image.id(), 480, 640));
      Detections.Builder found = new Detections.Builder(truth.build());
      for (Image image : shard) {
        long categoryId = categories.get(0).id();
        double score = image.found()[0];
        double x = image.found()[1];
        double y = image.found()[2];
        double width = image.found()[3];
        double height = image.found()[4];
        found.box(image.id(), categoryId, score, new Box(x, y, width, height));
      }
      tally = tally.plus(lvis.tally(found.build()));
    }
    DetectionResult result = tally.result();
    OptionalDouble rare = result.figures().get("APr"); // absent, never -1
    return rare;
  }
}
