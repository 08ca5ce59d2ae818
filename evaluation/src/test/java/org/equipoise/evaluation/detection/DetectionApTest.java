package org.equipoise.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.equipoise.api.metric.MetricResult;
import org.equipoise.testkit.MetricContract;
import org.junit.jupiter.api.Test;

class DetectionApTest implements MetricContract<Detections, DetectionTally> {

  private final IdentityHashMap<Detections, List<Integer>> ids = new IdentityHashMap<>();
  private RandomImages images;

  @Override
  public DetectionAp spec() {
    return new DetectionAp();
  }

  @Override
  public String expectedTypeName() {
    return "detection-ap";
  }

  @Override
  public Detections batch(RandomGenerator random, int size) {
    if (images == null) {
      images = new RandomImages(random, 5);
    }
    return remember(images.ids(size));
  }

  @Override
  public Detections concat(List<Detections> batches) {
    List<Integer> all = new ArrayList<>();
    batches.forEach(batch -> all.addAll(ids.get(batch)));
    return remember(all);
  }

  private Detections remember(List<Integer> of) {
    Detections batch = images.detections(of);
    ids.put(batch, of);
    return batch;
  }

  @Override
  public List<double[]> contents(Detections batch) {
    double[] boxes = new double[batch.size()];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = batch.box(i).x();
    }
    return List.of(batch.score.clone(), boxes);
  }

  @Test
  void should_give_the_figures_of_the_result() {
    Detections batch = batch(new SplittableRandom(1), 30);

    MetricResult metric = spec().compute(spec().update(spec().identity(train()), batch));

    DetectionResult result =
        new DetectionEvaluation(DetectionRules.LVIS, IouType.BBOX).tally(batch).result();
    assertThat(metric.scalars())
        .containsEntry("AP", result.figures().get("AP").getAsDouble())
        .containsKeys("APr", "AR@300");
    assertThat(metric.vectors().get("AP")).hasSize(5);
    assertThat(metric.scalars().get("AP")).isPositive();
  }
}
