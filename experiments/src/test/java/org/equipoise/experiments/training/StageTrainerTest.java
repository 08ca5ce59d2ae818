package org.equipoise.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.training.OptimizerSpec;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.config.WeightAveraging.Ema;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.files.Sha256;
import org.equipoise.experiments.models.Network;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.training.optimizer.Sam;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.methods.head.Cosine;
import org.equipoise.samplers.InstanceBalanced;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTrainerTest {

  private static final Sgd STANDING_STILL = new Sgd(1e-30, 0.9, 0, false, true);
  // So little that a step is 0 in single precision, for weights that are 0 too.
  private static final Sgd NOT_MOVING = new Sgd(1e-60, 0.9, 0, false, true);
  private static final Set<ModelPart> ALL = Set.of(ModelPart.BACKBONE, ModelPart.HEAD);

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void should_learn_what_can_be_learned() throws IOException {
    Toy toy = new Toy().withEpochs(20);
    Events events = new Events();

    StageResult result = train(toy, folder, events);

    assertThat(events.epochs.get(0).meanLoss())
        .isGreaterThan(2 * result.finalTrainLoss().getAsDouble());
    Predictions predictions = new Predictor().predict(toy.task(), folder);
    int right = 0;
    for (int i = 0; i < predictions.size(); i++) {
      right += predictions.predicted(i) == predictions.labels()[i] ? 1 : 0;
    }
    assertThat(right).isGreaterThan(240);
  }

  @Test
  void should_give_the_same_bits_for_the_same_streams_and_others_for_others() throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet());

    StageResult first = train(toy, folder.resolve("1"));
    StageResult second = train(toy, folder.resolve("2"));
    StageResult other = train(toy.withStreams(43), folder.resolve("3"));

    assertThat(second.weightsSha256()).isEqualTo(first.weightsSha256());
    assertThat(second.finalTrainLoss().getAsDouble())
        .isEqualTo(first.finalTrainLoss().getAsDouble());
    assertThat(other.weightsSha256()).isNotEqualTo(first.weightsSha256());
  }

  @Test
  void should_tell_the_listener_of_every_step_and_epoch() throws IOException {
    Events events = new Events();

    StageResult result = train(new Toy(), folder, events);

    assertThat(events.steps).hasSize(Toy.STEPS).isSorted().startsWith(1L).endsWith(15L);
    assertThat(events.epochs)
        .extracting(TrainingListener.EpochSummary::epoch)
        .containsExactly(1, 2, 3);
    assertThat(events.epochs)
        .extracting(TrainingListener.EpochSummary::step)
        .containsExactly(5L, 10L, 15L);
    assertThat(events.epochs).allMatch(epoch -> epoch.stage().equals("toy"));
    assertThat(events.epochs).allMatch(epoch -> epoch.epochs() == 3);
    assertThat(events.epochs.get(2).meanLoss()).isEqualTo(result.finalTrainLoss().getAsDouble());
    assertThat(result.seconds()).isPositive();
  }

  @Test
  void should_write_one_line_of_metrics_an_epoch() throws IOException {
    Events events = new Events();

    train(new Toy(), folder, events);

    List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
    assertThat(lines).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      TrainingListener.EpochSummary epoch = events.epochs.get(i);
      assertThat(line.get("epoch").asInt()).isEqualTo(epoch.epoch());
      assertThat(line.get("step").asLong()).isEqualTo(epoch.step());
      assertThat(line.get("meanLoss").asDouble()).isEqualTo(epoch.meanLoss());
      assertThat(line.get("learningRate").asDouble()).isEqualTo(epoch.learningRate());
      assertThat(line.get("imagesPerSecond").asDouble()).isEqualTo(epoch.imagesPerSecond());
    }
  }

  @Test
  void should_move_the_learning_rate_as_scheduled() throws IOException {
    Events events = new Events();
    StageSpec stage =
        new Toy()
            .stage()
            .lasting(
                OptionalInt.of(4),
                OptionalDouble.of(0.02),
                Optional.of(new MultiStep(List.of(2), 0.5, 2, Granularity.EPOCH)));

    StageResult result = train(new Toy().withStage(stage), folder, events);

    assertThat(result.epochs()).isEqualTo(4);
    assertThat(events.epochs)
        .extracting(TrainingListener.EpochSummary::learningRate)
        .containsExactly(0.01, 0.02, 0.01, 0.01);
  }

  // The loss is 1 for every example, so the weighted batch mean is the mean weight.
  @Test
  void should_weight_classes_and_reduce_as_the_stage_says() throws IOException {
    StageSpec stage = StageSpec.of("s", new UnitLoss(), new InstanceBalanced());
    double meanWeight = (40 * 1.0 + 20 * 2.0 + 8 * 5.0) / 68;

    double batchMean =
        finalLoss(stage.weighted(Optional.of(new OneTwoFive()), Reduction.BATCH_MEAN));
    double weightMean =
        finalLoss(stage.weighted(Optional.of(new OneTwoFive()), Reduction.WEIGHT_MEAN));
    double unweighted = finalLoss(stage);

    assertThat(batchMean).isCloseTo(meanWeight, within(1e-5));
    assertThat(weightMean).isCloseTo(1, within(1e-6));
    assertThat(unweighted).isCloseTo(1, within(1e-6));
  }

  private double finalLoss(StageSpec stage) throws IOException {
    Path own = folder.resolve("stage-" + System.nanoTime());
    return train(new Toy().withStage(stage).withEpochs(1), own).finalTrainLoss().getAsDouble();
  }

  // The loss of step s is s if its state advances once a step, after being used.
  @Test
  void should_advance_a_stateful_loss_once_a_step() throws IOException {
    Events events = new Events();
    LossSpec counting = new StepNumberLoss();

    train(new Toy().withStage(StageSpec.of("s", counting, new InstanceBalanced())), folder, events);

    // Four batches of 16 and one of 4.
    assertThat(events.epochs.get(0).meanLoss())
        .isCloseTo((16 * (0 + 1 + 2 + 3) + 4 * 4) / 68.0, within(1e-6));
    assertThat(events.epochs.get(1).meanLoss())
        .isCloseTo((16 * (5 + 6 + 7 + 8) + 4 * 9) / 68.0, within(1e-6));
  }

  @Test
  void should_store_all_parameters_by_name_under_the_stated_hash() throws IOException {
    Toy toy = new Toy().withBackbone(new SmallCnn(List.of(2, 3)));

    StageResult result = train(toy, folder);

    assertThat(weights(folder).keySet())
        .containsExactlyInAnyOrder(
            "backbone.01conv_weight",
            "backbone.02norm_gamma",
            "backbone.02norm_beta",
            "backbone.02norm_runningMean",
            "backbone.02norm_runningVar",
            "backbone.03conv_weight",
            "backbone.04norm_gamma",
            "backbone.04norm_beta",
            "backbone.04norm_runningMean",
            "backbone.04norm_runningVar",
            "head.weight",
            "head.bias");
    assertThat(result.weightsSha256()).isEqualTo(Sha256.of(folder.resolve("weights.safetensors")));
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("weights.safetensors", "stage.json", "metrics.jsonl");
  }

  @Test
  void should_change_no_bit_of_a_frozen_backbone_nor_its_statistics() throws IOException {
    Toy first = new Toy().withBackbone(new SmallCnn(List.of(2, 3)));
    train(first, folder.resolve("1"));
    StageSpec frozen =
        first
            .stage()
            .starting(new Start.After("toy", Start.HeadStart.KEEP), Set.of(ModelPart.HEAD));

    train(first.withStage(frozen).startingFrom(folder.resolve("1")), folder.resolve("2"));

    assertChanged(Set.of("head.weight", "head.bias"));
  }

  @Test
  void should_change_no_bit_of_a_frozen_head() throws IOException {
    Toy first = new Toy().withBackbone(new SmallCnn(List.of(2, 3)));
    train(first, folder.resolve("1"));
    StageSpec frozen =
        first
            .stage()
            .starting(new Start.After("toy", Start.HeadStart.KEEP), Set.of(ModelPart.BACKBONE));

    train(first.withStage(frozen).startingFrom(folder.resolve("1")), folder.resolve("2"));

    Set<String> backbone = new HashSet<>(weights(folder.resolve("1")).keySet());
    backbone.removeIf(name -> name.startsWith("head."));
    assertChanged(backbone);
  }

  private void assertChanged(Set<String> changed) throws IOException {
    Map<String, float[]> before = weights(folder.resolve("1"));
    Map<String, float[]> after = weights(folder.resolve("2"));
    for (String name : before.keySet()) {
      if (changed.contains(name)) {
        assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name));
      } else {
        assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
      }
    }
  }

  @Test
  void should_start_from_the_earlier_stages_weights_with_the_head_kept() throws IOException {
    train(new Toy(), folder.resolve("1"));
    Toy next = after(new Toy(), Start.HeadStart.KEEP).withOptimizer(STANDING_STILL);

    train(next.withStreams(7), folder.resolve("2"));

    Map<String, float[]> before = weights(folder.resolve("1"));
    Map<String, float[]> after = weights(folder.resolve("2"));
    before.forEach((name, values) -> assertThat(after.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void should_start_the_head_anew_from_the_stages_own_streams() throws IOException {
    train(new Toy(), folder.resolve("1"));
    Toy next =
        after(new Toy(), Start.HeadStart.REINITIALISE).withOptimizer(STANDING_STILL).withStreams(7);

    train(next, folder.resolve("2"));

    Map<String, float[]> before = weights(folder.resolve("1"));
    Map<String, float[]> after = weights(folder.resolve("2"));
    Map<String, float[]> fresh = fresh(next);
    assertThat(after.get("backbone.01linear_weight"))
        .isEqualTo(before.get("backbone.01linear_weight"))
        .isNotEqualTo(fresh.get("backbone.01linear_weight"));
    assertThat(after.get("head.weight"))
        .isEqualTo(fresh.get("head.weight"))
        .isNotEqualTo(before.get("head.weight"));
  }

  @Test
  void should_use_the_stages_own_head() throws IOException {
    Toy toy = new Toy();

    train(toy.withStage(toy.stage().withHead(Optional.of(new Cosine()))), folder);

    assertThat(weights(folder)).containsKey("head.weight").doesNotContainKey("head.bias");
  }

  private Toy after(Toy toy, Start.HeadStart head) {
    return toy.withStage(toy.stage().starting(new Start.After("toy", head), ALL))
        .startingFrom(folder.resolve("1"));
  }

  private static Map<String, float[]> fresh(Toy toy) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.create(
                manager,
                toy.backbone(),
                toy.task().head(),
                new Shape(1, 6, 6),
                3,
                new RandomStreams(toy.streams()))) {
      return values(network.weights());
    }
  }

  @Test
  void should_name_the_stage_if_no_folder_of_the_earlier_one_was_given() {
    Toy toy = new Toy();
    StageSpec stage = toy.stage().starting(new Start.After("one", Start.HeadStart.KEEP), ALL);

    assertThatThrownBy(() -> train(toy.withStage(stage), folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stage \"toy\": starts after \"one\", but no folder of that stage was given");
  }

  @Test
  void should_refuse_to_start_from_a_stage_that_is_not_complete() {
    Toy next = after(new Toy(), Start.HeadStart.KEEP);

    assertThatThrownBy(() -> train(next, folder.resolve("2")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve("1") + ": no complete stage");
  }

  @Test
  void should_not_train_again_if_the_stage_is_complete() throws IOException {
    StageResult result = train(new Toy(), folder);
    Events events = new Events();

    StageResult again = train(new Toy(), folder, events);

    assertThat(again).isEqualTo(result);
    assertThat(events.steps).isEmpty();
  }

  @Test
  void should_drop_checkpoints_that_were_left_when_it_died_right_after_the_end()
      throws IOException {
    train(new Toy(), folder);
    Files.createDirectories(folder.resolve("checkpoints/step-000000015"));

    train(new Toy(), folder);

    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void should_train_again_to_the_same_bits_if_the_weights_are_damaged() throws IOException {
    StageResult result = train(new Toy(), folder);
    Path weights = folder.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    Events events = new Events();

    StageResult again = train(new Toy(), folder, events);

    assertThat(events.steps).hasSize(Toy.STEPS);
    assertThat(again.weightsSha256()).isEqualTo(result.weightsSha256());
    assertThat(Files.readAllLines(folder.resolve("metrics.jsonl"))).hasSize(3);
  }

  @Test
  void should_refuse_the_folder_of_another_stage() throws IOException {
    train(new Toy(), folder.resolve("done"));
    assertThatThrownBy(() -> trainUntil(new Toy(), folder.resolve("begun"), 3))
        .isInstanceOf(TrainingStopped.class);
    Toy other = new Toy().withStreams(43);

    for (String name : List.of("done", "begun")) {
      assertThatThrownBy(() -> train(other, folder.resolve(name)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(folder.resolve(name) + ": holds another stage");
    }
  }

  @Test
  void should_shorten_gradients_before_they_change_weights() throws IOException {
    Toy toy = new Toy().withOptimizer(new Sgd(1, 0, 0, false, true));
    StageResult free = train(toy, folder.resolve("free"));

    StageResult loose = train(toy.withGradientClip(1e6), folder.resolve("loose"));
    StageResult tight = train(toy.withGradientClip(1e-3), folder.resolve("tight"));

    assertThat(loose.weightsSha256()).isEqualTo(free.weightsSha256());
    // 15 steps of length 0.001 at most leave the loss about where it starts.
    assertThat(tight.finalTrainLoss().getAsDouble())
        .isGreaterThan(1.2 * free.finalTrainLoss().getAsDouble());
    assertThatThrownBy(() -> train(toy, folder.resolve("tight")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds another stage");
  }

  // Dropout draws the same again, statistics move once, and gradients do not add up.
  @Test
  void should_give_a_rule_of_two_gradients_the_same_ones_if_it_does_not_move() throws IOException {
    OptimizerSpec rule = new Sgd(0.05, 0.9, 5e-4, false, true);
    Toy toy = new Toy().withBackbone(new DropoutNet());
    StageResult once = train(toy.withOptimizer(rule), folder.resolve("once"));

    StageResult twice = train(toy.withOptimizer(new StandingAscent(rule)), folder.resolve("twice"));

    assertThat(twice.weightsSha256()).isEqualTo(once.weightsSha256());
    assertThat(twice.finalTrainLoss().getAsDouble()).isEqualTo(once.finalTrainLoss().getAsDouble());
  }

  // Nothing but the running statistics changes: those of the worst place nearby left no trace.
  @Test
  void should_keep_running_statistics_of_the_weights_themselves_if_sam() throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet());
    train(toy.withOptimizer(NOT_MOVING), folder.resolve("1"));

    train(toy.withOptimizer(new Sam(5, NOT_MOVING)), folder.resolve("2"));

    assertChanged(Set.of());
  }

  @Test
  void should_train_otherwise_and_well_if_sam() throws IOException {
    StageResult plain = train(new Toy(), folder.resolve("plain"));
    StageResult far =
        train(new Toy().withOptimizer(new Sam(0.05, new Toy().optimizer())), folder.resolve("sam"));

    assertThat(far.weightsSha256()).isNotEqualTo(plain.weightsSha256());
    assertThat(far.finalTrainLoss().getAsDouble())
        .isBetween(0.5 * plain.finalTrainLoss().getAsDouble(), 1.0);
  }

  @Test
  void should_neither_decay_nor_move_what_no_gradient_reaches() throws IOException {
    Toy toy = new Toy().withBackbone(new IdleNet());
    train(toy.withOptimizer(NOT_MOVING), folder.resolve("1"));

    train(toy.withOptimizer(new Sgd(0.05, 0.9, 0.1, false, true)), folder.resolve("2"));

    Set<String> changed = new HashSet<>(weights(folder.resolve("1")).keySet());
    assertThat(changed).anyMatch(name -> name.contains("idle"));
    changed.removeIf(name -> name.contains("idle"));
    assertChanged(changed);
  }

  // a0 = w0, the weights at the start; a = 0.75 a + 0.25 w after each of five steps.
  @Test
  void should_store_the_average_in_place_of_the_weights_if_told_so() throws IOException {
    Toy toy = new Toy().withBackbone(new DropoutNet()).withEpochs(1);
    Map<String, float[]> expected = fresh(toy);
    for (int step = 1; step <= 5; step++) {
      Map<String, float[]> raw = weightsAfter(step, toy);
      expected.forEach(
          (name, values) -> {
            for (int i = 0; i < values.length; i++) {
              values[i] = 0.75f * values[i] + 0.25f * raw.get(name)[i];
            }
          });
    }

    StageResult result = train(toy.withAveraging(new Ema(0.75)), folder.resolve("averaged"));

    Map<String, float[]> averaged = weights(folder.resolve("averaged"));
    assertThat(averaged.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) ->
            assertThat(averaged.get(name)).as(name).containsExactly(values, within(1e-6f)));
    assertThat(result.weightsSha256())
        .isEqualTo(Sha256.of(folder.resolve("averaged/weights.safetensors")));
    assertThatThrownBy(() -> train(toy, folder.resolve("averaged")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds another stage");
  }

  private Map<String, float[]> weightsAfter(int step, Toy toy) throws IOException {
    Path own = folder.resolve("until-" + step);
    if (step == 5) {
      train(toy, own);
      return weights(own);
    }
    assertThatThrownBy(() -> trainUntil(toy, own, step)).isInstanceOf(TrainingStopped.class);
    Map<String, float[]> weights = new HashMap<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      Path arrays = own.resolve("checkpoints/step-00000000" + step + "/arrays.safetensors");
      TensorFile.read(manager, arrays)
          .forEach(
              (name, array) -> {
                if (name.startsWith("weights/")) {
                  weights.put(name.substring("weights/".length()), array.toFloatArray());
                }
              });
    }
    return weights;
  }

  @Test
  void should_leave_no_array_behind_if_it_takes_two_gradients_and_averages() throws IOException {
    Toy toy =
        new Toy().withBackbone(new DropoutNet()).withOptimizer(new Sam()).withAveraging(new Ema());
    int before = TorchEngine.managedArrays();
    Events events = new Events();
    List<Integer> held = new ArrayList<>();

    new StageTrainer()
        .train(
            toy.task(),
            folder,
            events,
            () -> {
              held.add(TorchEngine.managedArrays());
              return false;
            });

    // The buffers of the optimizer come with the first step; from then on nothing grows.
    assertThat(held.subList(1, held.size())).containsOnly(held.get(1));
    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  @Test
  void should_share_a_folder_between_stages_that_differ_in_name_only() throws IOException {
    Toy toy = new Toy();
    StageResult result = train(toy, folder);

    StageSpec renamed = StageSpec.of("renamed", toy.stage().loss(), toy.stage().sampler());

    assertThat(train(toy.withStage(renamed), folder)).isEqualTo(result);
  }

  @Test
  void should_say_where_it_stopped() {
    assertThatThrownBy(() -> trainUntil(new Toy(), folder, 7))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("stage \"toy\": stopped after step 7 of 15");
    assertThat(folder.resolve("checkpoints/step-000000007")).isDirectory();
    assertThat(folder.resolve("stage.json")).doesNotExist();
  }

  @Test
  void should_finish_if_asked_to_stop_after_the_last_step() throws IOException {
    assertThat(trainUntil(new Toy(), folder, Toy.STEPS).epochs()).isEqualTo(3);
  }

  @Test
  void should_stop_with_a_clear_error_if_the_loss_is_not_finite() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Path own = folder.resolve("loss-" + bad);
      LossSpec broken = new BreakingLoss(8, bad);
      Toy toy = new Toy().withStage(StageSpec.of("toy", broken, new InstanceBalanced()));

      assertThatThrownBy(() -> train(toy, own))
          .isInstanceOf(NonFiniteLossException.class)
          .hasMessageStartingWith("stage \"toy\", epoch 2, step 8 of 15, learning rate 0.0452")
          .hasMessageContaining("the loss is " + bad)
          .hasMessageContaining("try a lower learning rate")
          .hasMessageEndingWith(
              "The last good checkpoint is " + own.resolve("checkpoints/step-000000005"));
      assertThat(own.resolve("checkpoints/step-000000005")).isDirectory();
      assertThat(own.resolve("weights.safetensors")).doesNotExist();
    }
  }

  // The loss of the very step that breaks the weights is still finite.
  @Test
  void should_write_no_checkpoint_of_weights_that_are_not_finite() {
    Toy toy =
        new Toy().withOptimizer(new Sgd(1e39, 0, 0, false, true)).withSchedule(new Constant());

    assertThatThrownBy(
            () ->
                new StageTrainer(1, Optional.empty())
                    .train(toy.task(), folder, new Events(), () -> false))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageStartingWith("stage \"toy\", epoch 1, step 1 of 15, learning rate 1.0E39")
        .hasMessageContaining("weights/backbone.01linear_weight has become NaN or infinite")
        .hasMessageEndingWith("There is no checkpoint yet");
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void should_show_a_learned_sampler_each_step_before_the_next_draw_and_change()
      throws IOException {
    AdaptiveSampler sampler = new AdaptiveSampler();
    Toy toy =
        new Toy()
            .withStage(StageSpec.of("s", new CrossEntropy(), sampler))
            .withOptimizer(new SpyOptimizer(sampler.events()))
            .withEpochs(1);

    train(toy, folder);

    List<String> expected = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      expected.addAll(List.of("draw", "update " + step, "change"));
    }
    assertThat(sampler.events()).containsExactlyElementsOf(expected);
  }

  @Test
  void should_name_the_sampler_if_it_gives_other_batches_than_announced() {
    Toy toy = new Toy().withStage(StageSpec.of("s", new CrossEntropy(), new LyingSampler()));

    assertThatThrownBy(() -> train(toy, folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("sampler lying-sampler: gave 1 batches in epoch 0, but had announced 2");
  }

  @Test
  void should_leave_no_array_behind() throws IOException {
    int before = TorchEngine.managedArrays();

    train(new Toy().withBackbone(new SmallCnn(List.of(2, 3))), folder);

    assertThat(TorchEngine.managedArrays()).isEqualTo(before);
  }

  @Test
  void should_refuse_a_checkpoint_interval_below_1() {
    assertThatThrownBy(() -> new StageTrainer(0, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpointSteps: expected >= 1, is 0");
  }

  @Test
  void should_refuse_statistics_of_other_classes() {
    StageTask task = new Toy().task();

    assertThatThrownBy(
            () ->
                new StageTask(
                    task.stage(),
                    task.model(),
                    task.training(),
                    task.data(),
                    TrainStatistics.of(ClassCounts.of(1, 2)),
                    1,
                    Optional.empty(),
                    task.files()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stage \"toy\": statistics of 2 classes for data of 3");
  }

  private static StageResult train(Toy toy, Path folder) throws IOException {
    return train(toy, folder, new Events());
  }

  private static StageResult train(Toy toy, Path folder, Events events) throws IOException {
    return new StageTrainer().train(toy.task(), folder, events, () -> false);
  }

  private static StageResult trainUntil(Toy toy, Path folder, int steps) throws IOException {
    Events events = new Events();
    return new StageTrainer().train(toy.task(), folder, events, () -> events.steps.size() >= steps);
  }

  private static Map<String, float[]> weights(Path stage) throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      return values(TensorFile.read(manager, stage.resolve("weights.safetensors")));
    }
  }

  private static Map<String, float[]> values(Map<String, NDArray> arrays) {
    Map<String, float[]> values = new HashMap<>();
    arrays.forEach((name, array) -> values.put(name, array.toFloatArray()));
    return values;
  }
}
