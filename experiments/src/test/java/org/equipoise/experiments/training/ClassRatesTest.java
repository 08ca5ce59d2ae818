package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.samplers.Meta;
import org.equipoise.samplers.NoiseLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassRatesTest {

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void should_add_up_shot_groups_and_leave_out_those_without_classes() {
    ClassRates rates =
        ClassRates.of(new double[] {0.5, 0.2, 0.2, 0.1}, ClassCounts.of(500, 200, 101, 19));

    assertThat(rates.groups().keySet()).containsExactly("few", "many");
    assertThat(rates.groups().get("many")).isCloseTo(0.9, within(1e-12));
    assertThat(rates.groups().get("few")).isCloseTo(0.1, within(1e-12));
    assertThat(rates.classes()).containsExactly(0.5, 0.2, 0.2, 0.1);
  }

  @Test
  void should_give_quantiles_around_class_balance_and_no_single_class_if_there_are_many() {
    double[] probabilities = new double[101];
    long[] counts = new long[101];
    Arrays.setAll(probabilities, c -> (c + 1) / 5151.0);
    Arrays.setAll(counts, c -> c + 1);

    ClassRates rates = ClassRates.of(probabilities, ClassCounts.of(counts));

    assertThat(rates.classes()).isEmpty();
    double unit = 101 / 5151.0;
    assertThat(rates.quantiles()).hasSize(5);
    double[] expected = {1, 26, 51, 76, 101};
    for (int i = 0; i < 5; i++) {
      assertThat(rates.quantiles().get(i)).isCloseTo(expected[i] * unit, within(1e-12));
    }
  }

  @Test
  void should_be_written_each_epoch_and_at_the_end_of_a_stage_that_learns_them()
      throws IOException {
    Meta meta = new Meta(NoiseLevel.CLASS, 0, 1, 0.05, OptionalInt.empty(), Optional.empty());
    Toy toy = new Toy().withStage(StageSpec.of("s", new BalancedSoftmax(), meta));
    Events events = new Events();

    StageResult result = new StageTrainer().train(toy.task(), folder, events, () -> false);

    List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
    for (int epoch = 0; epoch < 3; epoch++) {
      JsonNode written = new ObjectMapper().readTree(lines.get(epoch)).get("classRates");
      ClassRates rates = events.epochs.get(epoch).classRates().orElseThrow();
      for (int c = 0; c < 3; c++) {
        assertThat(written.get("classes").get(c).asDouble()).isEqualTo(rates.classes().get(c));
      }
      assertThat(written.get("groups").get("medium").asDouble())
          .isEqualTo(rates.groups().get("medium"));
    }
    LearnedShares shares = result.learnedShares().orElseThrow();
    assertThat(shares.first().get("few")).isCloseTo(8 / 68.0, within(1e-12));
    assertThat(shares.last()).isEqualTo(events.epochs.get(2).classRates().orElseThrow().groups());
    assertThat(shares.last()).isNotEqualTo(shares.first());
    assertThat(new StageTrainer().train(toy.task(), folder, new Events(), () -> false))
        .as("read back from the stage's folder")
        .isEqualTo(result);
  }

  @Test
  void should_be_absent_where_nothing_is_learned() throws IOException {
    Events events = new Events();

    StageResult result = new StageTrainer().train(new Toy().task(), folder, events, () -> false);

    assertThat(result.learnedShares()).isEmpty();
    assertThat(events.epochs).allMatch(epoch -> epoch.classRates().isEmpty());
    assertThat(Files.readString(folder.resolve("metrics.jsonl"))).doesNotContain("classRates");
  }
}
