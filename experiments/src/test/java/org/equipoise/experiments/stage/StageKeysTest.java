package org.equipoise.experiments.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.method.StageSpec;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.Selection;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.data.FashionMnistLtMini;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.models.Mlp;
import org.equipoise.experiments.parts.SourceJar;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.Plugins;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.InstanceBalanced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageKeysTest {

  private static final String LOSS =
      """
      public record MyLoss(double n) implements org.equipoise.api.loss.LossSpec {
        public MyLoss() { this(1); }
        public String typeName() { return "acme/my-loss"; }
        public org.equipoise.api.loss.BoundLoss bind(org.equipoise.api.stats.TrainStatistics t) {
          throw new UnsupportedOperationException("" + Formula.of(n));
        }
      }
      """;
  private static final String FORMULA =
      "final class Formula { static double of(double n) { return 2 * n; } }";

  @TempDir private Path folder;

  @Test
  void should_change_the_key_if_the_code_of_a_plugged_in_loss_is_edited() throws IOException {
    StageKey usual = keyWith("first", FORMULA);

    assertThat(keyWith("again", FORMULA)).isEqualTo(usual);
    assertThat(keyWith("edited", FORMULA.replace("2 * n", "3 * n"))).isNotEqualTo(usual);
  }

  @Test
  void should_refuse_a_key_that_is_no_hash() {
    assertThatThrownBy(() -> new StageKey("abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stage key: expected 64 hex digits, abc");
  }

  private StageKey keyWith(String version, String formula) throws IOException {
    Path plugins = Files.createDirectory(folder.resolve(version));
    new SourceJar()
        .source("acme.MyLoss", LOSS)
        .source("acme.Formula", formula)
        .service(LossSpec.class, "acme.MyLoss")
        .write(plugins.resolve("acme.jar"));
    try (Plugins opened = Plugins.open(plugins)) {
      Registry registry = Registry.load(opened.loader());
      LossSpec loss = (LossSpec) registry.require(PartKind.LOSS, "acme/my-loss").prototype();
      return new StageKeys(Json.mapper(registry), new TrainingCode(Sgd.class, "engine 1"))
          .of(computation(loss));
    }
  }

  private static Computation computation(LossSpec loss) {
    return new Computation(
        StageSpec.of("train", loss, new InstanceBalanced()),
        new ModelConfig(new Mlp(), new Linear()),
        new TrainingConfig(
            1, 8, new Sgd(), new Cosine(), List.of(), OptionalDouble.empty(), Optional.empty()),
        new FashionMnistLtMini(),
        new TreeMap<>(),
        new Selection.Last(),
        Optional.empty(),
        1,
        1);
  }
}
