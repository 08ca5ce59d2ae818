package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.record.LossEffect;
import org.equipoise.experiments.record.LossEffect.ClassEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossEffectsTest {

  @TempDir private Path folder;

  @Test
  void should_take_the_classes_of_largest_middle_and_smallest_count() {
    assertThat(LossEffects.classes(ClassCounts.of(1, 30, 20, 40, 5))).containsExactly(3, 2, 0);
    assertThat(LossEffects.classes(ClassCounts.of(1, 2, 3, 4))).containsExactly(3, 2, 0);
    assertThat(LossEffects.classes(ClassCounts.of(9, 9, 9))).containsExactly(0, 1, 2);
    assertThat(LossEffects.classes(ClassCounts.of(1, 2))).containsExactly(1, 0);
    assertThat(LossEffects.classes(ClassCounts.of(3))).containsExactly(0);
  }

  @Test
  void should_say_what_each_loss_does_with_its_class_weights_if_a_stage_trains() throws Exception {
    TinyExperiment experiment =
        TinyExperiment.of(
            folder,
            List.of(),
            TinyExperiment.BALANCED,
            TinyExperiment.CRT,
            "{id: normed, method: {type: tau-norm}}",
            "{id: weighted, method: {weighting: {type: inverse-frequency}}}",
            // The rule of the weights begins in the last of two epochs.
            "{id: deferred, method: {weighting: {type: deferred-reweighting, startEpoch: 1,"
                + " weighting: {type: inverse-frequency}}}}");

    List<LossEffect> balanced = effects(experiment, "balanced");
    assertThat(balanced).extracting(LossEffect::loss).containsExactly("balanced-softmax");
    assertThat(balanced.get(0).classes())
        .extracting(effect -> effect.explanation().classId())
        .containsExactly(0, 4, 9);
    Map<String, Double> tail = balanced.get(0).classes().get(2).explanation().numbers();
    // Of 2,478 images 10.
    assertThat(tail.get("logitShift")).isEqualTo(Math.log(10 / 2478.0), within(1e-12));
    assertThat(balanced.get(0).classes()).allSatisfy(e -> assertThat(e.classWeight()).isEmpty());
    assertThat(effects(experiment, "crt"))
        .extracting(LossEffect::stage)
        .containsExactly("representation", "classifier");
    assertThat(effects(experiment, "normed")).hasSize(1);
    List<ClassEffect> weighted = effects(experiment, "weighted").get(0).classes();
    assertThat(weighted.get(2).classWeight().getAsDouble())
        .isEqualTo(100 * weighted.get(0).classWeight().getAsDouble(), within(1e-9));
    assertThat(effects(experiment, "deferred").get(0).classes()).isEqualTo(weighted);
  }

  private static List<LossEffect> effects(TinyExperiment experiment, String arm) {
    return LossEffects.of(experiment.planned(arm, 1), experiment.data());
  }
}
