package org.equipoise.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.methods.head.Ncm.Distance;
import org.equipoise.methods.head.Ncm.Features;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class NcmTest implements SpecContract<Ncm> {

  private static final TrainStatistics TRAIN = TrainStatistics.of(ClassCounts.of(9, 3, 1));

  @Override
  public Ncm spec() {
    return new Ncm(new FocalSoftmax(), Features.UNIT, Distance.COSINE);
  }

  @Override
  public String expectedTypeName() {
    return "ncm";
  }

  @Test
  void should_share_its_first_stage_with_crt() {
    assertThat(new Ncm().stages(TRAIN).get(0)).isEqualTo(new Crt().stages(TRAIN).get(0));
  }

  @Test
  void should_then_compute_a_fresh_head_and_train_nothing() {
    List<StageSpec> stages = spec().stages(TRAIN);

    assertThat(stages).hasSize(2);
    assertThat(stages.get(0).loss()).isEqualTo(new FocalSoftmax());
    StageSpec second = stages.get(1);
    assertThat(second.trainsNothing()).isTrue();
    assertThat(second.start())
        .isEqualTo(new Start.After(stages.get(0).name(), Start.HeadStart.REINITIALISE));
    assertThat(second.head())
        .hasValue(new org.equipoise.methods.head.Ncm(Features.UNIT, Distance.COSINE));
  }
}
