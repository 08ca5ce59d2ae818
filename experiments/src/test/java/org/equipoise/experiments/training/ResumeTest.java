package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.equipoise.api.method.StageSpec;
import org.equipoise.experiments.config.WeightAveraging.Ema;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.training.optimizer.Adam;
import org.equipoise.experiments.training.optimizer.Sam;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.transform.Mixup;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.samplers.Meta;
import org.equipoise.samplers.NoiseLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens on the way, the final weights are those of an undisturbed training. */
class ResumeTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Map<String, Toy> toys() {
    Map<String, Toy> toys = new TreeMap<>();
    toys.put("mlp", new Toy());
    toys.put("small-cnn", new Toy().withBackbone(new SmallCnn(List.of(3, 4))));
    toys.put("dropout", new Toy().withBackbone(new DropoutNet()));
    toys.put(
        "stateful loss",
        new Toy().withStage(StageSpec.of("s", new CountingLoss(), new InstanceBalanced())));
    toys.put("adam", new Toy().withOptimizer(new Adam()).withGradientClip(0.5));
    toys.put(
        "sam", new Toy().withBackbone(new DropoutNet()).withOptimizer(new Sam(0.05, new Adam())));
    toys.put("ema", new Toy().withBackbone(new DropoutNet()).withAveraging(new Ema(0.8)));
    toys.put("idle parameter", new Toy().withBackbone(new IdleNet()));
    toys.put(
        "learned sampler",
        new Toy().withStage(StageSpec.of("s", new CrossEntropy(), new AdaptiveSampler())));
    for (NoiseLevel level : NoiseLevel.values()) {
      Meta meta = new Meta(level, 0.3, 1, 0.05, OptionalInt.of(8), Optional.empty());
      toys.put(
          "meta sampler " + level,
          new Toy()
              .withBackbone(new DropoutNet())
              .withStage(StageSpec.of("s", new BalancedSoftmax(), meta)));
    }
    toys.put(
        "mixup",
        new Toy()
            .withStage(
                StageSpec.of("s", new BalancedSoftmax(), new ClassBalanced())
                    .transforming(List.of(new Mixup()))));
    return toys;
  }

  static Stream<String> names() {
    return toys().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void should_give_the_same_bits_if_stopped_and_resumed(String name) throws IOException {
    Toy toy = toys().get(name);
    Path undisturbed = folder.resolve("undisturbed");
    StageResult expected = train(toy, undisturbed, Long.MAX_VALUE);
    for (int stopAfter : new int[] {1, 5, 12}) {
      Path stopped = folder.resolve("stopped-" + stopAfter);
      long steps = stopAfter;
      assertThatThrownBy(() -> train(toy, stopped, steps)).isInstanceOf(TrainingStopped.class);

      StageResult resumed = train(toy, stopped, Long.MAX_VALUE);

      assertSame(stopAfter, resumed, stopped, expected, undisturbed);
    }
  }

  @Test
  void should_give_the_same_bits_if_stopped_after_every_single_step() throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet());
    Path undisturbed = folder.resolve("undisturbed");
    StageResult expected = train(toy, undisturbed, Long.MAX_VALUE);
    Path stopped = folder.resolve("stopped");
    List<Long> done = new ArrayList<>();
    for (int i = 0; i < Toy.STEPS - 1; i++) {
      Events events = new Events();
      assertThatThrownBy(
              () ->
                  new StageTrainer()
                      .train(toy.task(), stopped, events, () -> !events.steps.isEmpty()))
          .isInstanceOf(TrainingStopped.class);
      done.addAll(events.steps);
    }

    StageResult resumed = train(toy, stopped, Long.MAX_VALUE);

    assertThat(done).doesNotHaveDuplicates().hasSize(Toy.STEPS - 1);
    assertSame(-1, resumed, stopped, expected, undisturbed);
  }

  // As if killed: whatever was done since the last checkpoint is lost.
  @Test
  void should_give_the_same_bits_if_it_dies_between_two_checkpoints() throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet());
    Path undisturbed = folder.resolve("undisturbed");
    StageResult expected = train(toy, undisturbed, Long.MAX_VALUE);
    for (int dieAfter : new int[] {1, 3, 6, 8, 14, 15}) {
      Path dead = folder.resolve("dead-" + dieAfter);
      assertThatThrownBy(() -> dieAfter(dieAfter, toy, dead)).hasMessage("killed");

      Events events = new Events();
      StageResult resumed =
          new StageTrainer(2, Optional.empty()).train(toy.task(), dead, events, () -> false);

      // Checkpoints lie at every even step and at 5, 10 and 15.
      assertThat(events.steps.get(0)).isEqualTo(lastCheckpointBefore(dieAfter) + 1L);
      assertSame(dieAfter, resumed, dead, expected, undisturbed);
    }
  }

  private static void dieAfter(int steps, Toy toy, Path dead) throws IOException {
    TrainingListener killer =
        new TrainingListener() {
          @Override
          public void onStep(String stage, long step, long all) {
            if (step == steps) {
              throw new IllegalStateException("killed");
            }
          }

          @Override
          public void onEpoch(EpochSummary epoch) {}
        };
    new StageTrainer(2, Optional.empty()).train(toy.task(), dead, killer, () -> false);
  }

  private static long lastCheckpointBefore(int step) {
    int last = step - 1;
    while (last % 2 != 0 && last % 5 != 0) {
      last--;
    }
    return last;
  }

  // A line can be on disk whose checkpoint is not.
  @Test
  void should_drop_lines_of_the_metrics_that_the_checkpoint_does_not_know() throws IOException {
    Toy toy = new Toy();
    Path undisturbed = folder.resolve("undisturbed");
    StageResult expected = train(toy, undisturbed, Long.MAX_VALUE);
    Path stopped = folder.resolve("stopped");
    assertThatThrownBy(() -> train(toy, stopped, 7)).isInstanceOf(TrainingStopped.class);
    Files.writeString(
        stopped.resolve("metrics.jsonl"), "{\"epoch\":2,\"half", StandardOpenOption.APPEND);

    StageResult resumed = train(toy, stopped, Long.MAX_VALUE);

    assertSame(7, resumed, stopped, expected, undisturbed);
  }

  @Test
  void should_give_the_same_bits_from_the_checkpoint_before_if_the_newest_is_damaged()
      throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet());
    Path undisturbed = folder.resolve("undisturbed");
    StageResult expected = train(toy, undisturbed, Long.MAX_VALUE);
    Path stopped = folder.resolve("stopped");
    assertThatThrownBy(() -> train(toy, stopped, 12)).isInstanceOf(TrainingStopped.class);
    Path arrays = stopped.resolve("checkpoints/step-000000012/arrays.safetensors");
    byte[] bytes = Files.readAllBytes(arrays);
    bytes[bytes.length - 3] ^= 64;
    Files.write(arrays, bytes);

    Events events = new Events();
    StageResult resumed = new StageTrainer().train(toy.task(), stopped, events, () -> false);

    assertThat(events.steps.get(0)).isEqualTo(11);
    assertSame(12, resumed, stopped, expected, undisturbed);
  }

  private static StageResult train(Toy toy, Path folder, long stopAfter) throws IOException {
    Events events = new Events();
    return new StageTrainer()
        .train(toy.task(), folder, events, () -> events.steps.size() >= stopAfter);
  }

  private static void assertSame(
      int when, StageResult resumed, Path folder, StageResult expected, Path undisturbed)
      throws IOException {
    assertThat(resumed.weightsSha256()).as("stop %d", when).isEqualTo(expected.weightsSha256());
    assertThat(resumed.finalTrainLoss()).as("stop %d", when).isEqualTo(expected.finalTrainLoss());
    assertThat(resumed.epochs()).isEqualTo(expected.epochs());
    assertThat(metrics(folder)).as("stop %d", when).isEqualTo(metrics(undisturbed)).hasSize(3);
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  private static List<JsonNode> metrics(Path folder) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
      ObjectNode node = (ObjectNode) JSON.readTree(line);
      assertThat(node.remove("imagesPerSecond").asDouble()).isPositive();
      lines.add(node);
    }
    return lines;
  }
}
