package org.equipoise.experiments.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.parts.AcmeSampler;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.methods.SingleStage;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.junit.jupiter.api.Test;

class PartClassesTest {

  @Test
  void should_find_parts_in_parts_in_lists_and_in_optionals() {
    AcmeSampler sampler =
        new AcmeSampler(
            new InstanceBalanced(),
            List.of(new FocalSoftmax()),
            Optional.of(new ClassBalanced()),
            new AcmeSampler.Window(1, 1, true),
            new AcmeSampler.Mode.Fixed(1),
            Map.of());

    assertThat(PartClasses.in(new SingleStage(new BalancedSoftmax(), sampler)))
        .containsExactly(
            AcmeSampler.class,
            BalancedSoftmax.class,
            FocalSoftmax.class,
            SingleStage.class,
            ClassBalanced.class,
            InstanceBalanced.class);
  }

  @Test
  void should_refuse_a_part_that_is_no_record() {
    SingleStage method = new SingleStage(new Opaque(), new InstanceBalanced());

    assertThatThrownBy(() -> PartClasses.in(method))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("part \"opaque\": " + Opaque.class.getName() + " is no record");
  }

  private static final class Opaque implements LossSpec {
    @Override
    public BoundLoss bind(TrainStatistics train) {
      throw new UnsupportedOperationException();
    }
  }
}
