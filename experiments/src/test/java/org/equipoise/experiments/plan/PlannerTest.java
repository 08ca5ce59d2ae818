package org.equipoise.experiments.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.equipoise.api.data.AugmentationSpec;
import org.equipoise.api.data.Examples;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.ImageFiles;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.evaluation.classification.BalancedAccuracy;
import org.equipoise.evaluation.classification.TopK;
import org.equipoise.experiments.config.ArmConfig;
import org.equipoise.experiments.config.DataConfig;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.config.FrozenFeatures;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.Selection;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.config.WeightAveraging;
import org.equipoise.experiments.data.FashionMnistLtMini;
import org.equipoise.experiments.data.augmentation.AutoAugment;
import org.equipoise.experiments.data.augmentation.ColorJitter;
import org.equipoise.experiments.data.augmentation.PadCrop;
import org.equipoise.experiments.data.augmentation.RandAugment;
import org.equipoise.experiments.data.augmentation.RandomResizedCrop;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.models.Identity;
import org.equipoise.experiments.models.Mlp;
import org.equipoise.experiments.models.SmallCnn;
import org.equipoise.experiments.parts.KnownParts;
import org.equipoise.experiments.stage.StageKey;
import org.equipoise.experiments.stage.StageKeys;
import org.equipoise.experiments.stage.TrainingCode;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.MultiStep;
import org.equipoise.experiments.training.optimizer.Sam;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.Bags;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.FocalSoftmax;
import org.equipoise.losses.KlDistillation;
import org.equipoise.methods.Crt;
import org.equipoise.methods.SingleStage;
import org.equipoise.methods.head.Linear;
import org.equipoise.methods.transform.Mixup;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.InstanceBalanced;
import org.equipoise.samplers.Meta;
import org.equipoise.samplers.NoiseLevel;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final TrainingCode CODE = new TrainingCode(Sgd.class, "engine 1");
  private static final LabelledData DATA = data("train.idx", "00");

  private final ObjectMapper mapper = Json.mapper(KnownParts.registry());
  private final Planner planner = planner(CODE);

  @Test
  void should_share_the_first_stage_of_crt_with_softmax_and_train_nothing_twice() {
    ExperimentPlan plan =
        planner.plan(
            config(
                arm("softmax", new SingleStage()),
                arm("balanced", new SingleStage(new BalancedSoftmax(), new InstanceBalanced())),
                arm("crt", new Crt())),
            DATA);

    assertThat(plan.runs())
        .extracting(PlannedRun::label)
        .containsExactly("softmax/1", "softmax/2", "balanced/1", "balanced/2", "crt/1", "crt/2");
    List<ExperimentPlan.Row> rows = plan.rows();
    assertThat(rows.get(4).stages())
        .extracting(ExperimentPlan.Cell::name)
        .containsExactly("representation", "classifier");
    assertThat(rows.get(4).stages())
        .extracting(ExperimentPlan.Cell::sharedWith)
        .containsExactly(Optional.of("softmax/1"), Optional.empty());
    assertThat(rows.get(5).stages().get(0).sharedWith()).contains("softmax/2");
    assertThat(rows.subList(0, 4))
        .flatExtracting(ExperimentPlan.Row::stages)
        .extracting(ExperimentPlan.Cell::sharedWith)
        .containsOnly(Optional.empty());
    assertThat(stage(plan, 4, 0).streams()).isEqualTo(stage(plan, 0, 0).streams());
  }

  @Test
  void should_chain_a_stage_to_the_key_of_the_one_it_starts_from() {
    ExperimentPlan plan = planner.plan(config(arm("crt", new Crt())), DATA);

    PlannedStage first = stage(plan, 0, 0);
    PlannedStage second = stage(plan, 0, 1);
    assertThat(first.start()).isEmpty();
    assertThat(first.depth()).isZero();
    assertThat(second.start()).contains(first.key());
    assertThat(second.depth()).isEqualTo(1);
    assertThat(second.training().epochs()).isEqualTo(new Crt().epochs());
    assertThat(first.training().epochs()).isEqualTo(20);
    assertThat(first.streams()).isEqualTo(new RandomStreams(1).seed("stage/0"));
    assertThat(second.streams()).isEqualTo(new RandomStreams(1).seed("stage/1"));
  }

  @Test
  void should_change_the_second_key_if_the_first_stage_changes() {
    StageKey usual = key(1, new Crt());
    StageKey other =
        key(
            1,
            new Crt(
                new FocalSoftmax(),
                new CrossEntropy(),
                new ClassBalanced(),
                10,
                OptionalDouble.empty(),
                Optional.empty()));

    assertThat(other).isNotEqualTo(usual);
  }

  @Test
  void should_tell_all_that_inputs_do_not_fit_before_any_is_read() {
    ImageExamples.ImageFormat grey =
        new ImageExamples.ImageFormat(2, 2, 1, List.of(0.0), List.of(1.0));
    ImageFiles files =
        new ImageFiles(Path.of("none"), List.of("a.png", "b.png"), new int[] {0, 1}, grey, 1);
    ExperimentConfig config =
        augmented(
            new Identity(), new RandomResizedCrop(), new ColorJitter(), new RandomResizedCrop());

    assertThatThrownBy(() -> planner.plan(config, data(files)))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "training.augmentation[2]: random-resized-crop must come first where images are read"
                + " from files, because it cuts from the whole image\n"
                + "model.backbone: identity: takes features (D), but the input is (1, 2, 2); name a"
                + " backbone for images");
    assertThatThrownBy(() -> planner.plan(augmented(new SmallCnn()), data(files)))
        .hasMessageContaining("model.backbone: small-cnn: takes images");
    assertThat(planner.plan(augmented(new Mlp(), new RandomResizedCrop()), data(files)).runs())
        .isNotEmpty();
  }

  @Test
  void should_name_every_augmentation_that_does_not_take_the_channels() {
    ImageExamples.ImageFormat depth =
        new ImageExamples.ImageFormat(
            2, 2, 4, List.of(0.0, 0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0, 1.0));
    ImageExamples images = new ImageExamples(new byte[32], new int[] {0, 1}, depth);
    ExperimentConfig config =
        augmented(
            new Mlp(),
            new PadCrop(1),
            new ColorJitter(),
            new RandAugment(),
            new RandomResizedCrop(),
            new AutoAugment());

    assertThatThrownBy(() -> planner.plan(config, data(images)))
        .hasMessage(
            "training.augmentation[1]: color-jitter: expected images of 1 or 3 channels, have 4\n"
                + "training.augmentation[2]: rand-augment: expected images of 1 or 3 channels, have"
                + " 4\n"
                + "training.augmentation[4]: auto-augment: expected images of 1 or 3 channels, have"
                + " 4");
  }

  @Test
  void should_bind_the_counts_of_what_is_trained_on() {
    ClassCounts counts = planner.plan(spec(), DATA).statistics().instances();

    assertThat(List.of(counts.count(0), counts.count(1))).containsExactly(3L, 1L);
  }

  @Test
  void should_tell_heads_apart_by_where_features_come_from_and_share_the_stage_before() {
    ExperimentPlan onTheFly = planner.plan(cached(new FrozenFeatures.OnTheFly(), new Crt()), DATA);
    ExperimentPlan plain = planner.plan(cached(new FrozenFeatures.Cached(), new Crt()), DATA);
    ExperimentPlan views = planner.plan(cached(new FrozenFeatures.Cached(4), new Crt()), DATA);

    List<ExperimentPlan> plans = List.of(onTheFly, plain, views);
    assertThat(plans).extracting(plan -> stage(plan, 0, 0).key()).containsOnly(key(0, onTheFly));
    assertThat(plans).extracting(plan -> stage(plan, 0, 1).key()).doesNotHaveDuplicates();
    assertThat(plans).extracting(plan -> plan.runs().get(0).runId()).doesNotHaveDuplicates();
  }

  private static StageKey key(int stage, ExperimentPlan plan) {
    return stage(plan, 0, stage).key();
  }

  @Test
  void should_refuse_batch_transforms_where_there_are_features_alone() {
    StageSpec whole = plain("first").transforming(List.of(new Mixup()));
    StageSpec head = after("second", "first").transforming(List.of(new Mixup()));

    assertThat(
            planner
                .plan(cached(new FrozenFeatures.Cached(), new Stages(List.of(whole))), DATA)
                .runs())
        .isNotEmpty();
    assertThatThrownBy(
            () ->
                planner.plan(
                    cached(new FrozenFeatures.Cached(), new Stages(List.of(whole, head))), DATA))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "arm \"a\", method \"test/stages\": stage \"second\": batch transforms [mixup] change"
                + " inputs, but with training.frozenFeatures cached there are only features;"
                + " expected none, or frozenFeatures: {type: on-the-fly}");
  }

  private static ExperimentConfig cached(FrozenFeatures frozenFeatures, MethodSpec method) {
    return config(
        new ModelConfig(new SmallCnn(), new Linear()),
        new TrainingConfig(
            20,
            128,
            new Sgd(),
            new Cosine(),
            List.of(new PadCrop()),
            OptionalDouble.empty(),
            Optional.empty(),
            frozenFeatures),
        1,
        arm("a", method));
  }

  @Test
  void should_give_every_ingredient_of_a_stage_a_part_in_its_key() {
    StageKey usual = key(stage -> stage);
    List<StageKey> others =
        List.of(
            key(s -> StageSpec.of("a", new FocalSoftmax(), new InstanceBalanced())),
            key(s -> StageSpec.of("a", new FocalSoftmax(List.of(), 1), new InstanceBalanced())),
            key(s -> StageSpec.of("a", new CrossEntropy(), new ClassBalanced())),
            key(s -> s.starting(new Start.Fresh(), Set.of(ModelPart.HEAD))),
            key(s -> s.withHead(Optional.of(new Linear(false)))),
            key(
                s ->
                    s.weighted(
                        Optional.of(new org.equipoise.losses.EffectiveNumber()), s.reduction())),
            key(s -> s.weighted(s.weighting(), org.equipoise.api.loss.Reduction.SUM)),
            key(s -> s.transforming(List.of(new Mixup()))),
            key(s -> lasting(s, OptionalInt.of(3), OptionalDouble.empty(), Optional.empty())),
            key(s -> lasting(s, OptionalInt.empty(), OptionalDouble.of(0.2), Optional.empty())),
            key(
                s ->
                    lasting(
                        s,
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        Optional.of(new MultiStep()))),
            key(planner, spec(), data("train.idx", "01")),
            key(planner, spec(), data("other.idx", "00")),
            key(planner, seeded(2), DATA),
            key(planner, threaded(2), DATA),
            key(planner, modelled(new ModelConfig(new Mlp(), new Linear())), DATA),
            key(
                planner,
                trained(
                    new TrainingConfig(
                        20,
                        64,
                        new Sgd(),
                        new Cosine(),
                        List.of(),
                        OptionalDouble.empty(),
                        Optional.empty())),
                DATA),
            key(
                planner,
                trained(
                    new TrainingConfig(
                        20,
                        128,
                        new Sgd(0.1, 0.8, 0, false, true),
                        new Cosine(),
                        List.of(),
                        OptionalDouble.empty(),
                        Optional.empty())),
                DATA),
            key(
                planner,
                trained(
                    new TrainingConfig(
                        20,
                        128,
                        new Sgd(),
                        new Cosine(),
                        List.of(new PadCrop()),
                        OptionalDouble.empty(),
                        Optional.empty())),
                DATA),
            key(
                planner,
                trained(
                    new TrainingConfig(
                        20,
                        128,
                        new Sgd(),
                        new Cosine(),
                        List.of(),
                        OptionalDouble.of(5),
                        Optional.empty())),
                DATA),
            key(
                planner,
                trained(
                    new TrainingConfig(
                        20,
                        128,
                        new Sgd(),
                        new Cosine(),
                        List.of(),
                        OptionalDouble.empty(),
                        Optional.of(new WeightAveraging.Ema()))),
                DATA),
            key(
                planner,
                trained(
                    new TrainingConfig(
                        20,
                        128,
                        new Sam(),
                        new Cosine(),
                        List.of(),
                        OptionalDouble.empty(),
                        Optional.empty())),
                DATA),
            key(planner(new TrainingCode(Sgd.class, "engine 2")), spec(), DATA),
            key(planner(new TrainingCode(PadCrop.class, "engine 1")), spec(), DATA));

    List<StageKey> all = new ArrayList<>(others);
    all.add(usual);
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void should_give_a_stage_the_same_key_if_only_names_and_notation_differ() {
    StageKey usual = key(stage -> stage);

    assertThat(key(s -> StageSpec.of("other name", s.loss(), s.sampler()))).isEqualTo(usual);
    // What the run has anyway, spelled out.
    assertThat(
            key(
                s ->
                    lasting(
                        s,
                        OptionalInt.of(20),
                        OptionalDouble.of(new Sgd().learningRate()),
                        Optional.of(new Cosine()))))
        .isEqualTo(usual);
    assertThat(key(s -> s.withHead(Optional.of(new Linear())))).isEqualTo(usual);
  }

  @Test
  void should_give_a_stage_the_same_key_whatever_the_stage_before_is_called() {
    assertThat(lastKey(chain("first"))).isEqualTo(lastKey(chain("warm-up")));
  }

  @Test
  void should_make_what_becomes_of_the_head_part_of_the_key() {
    assertThat(lastKey(chain("first", Start.HeadStart.KEEP)))
        .isNotEqualTo(lastKey(chain("first", Start.HeadStart.REINITIALISE)));
  }

  @Test
  void should_give_a_run_an_id_without_the_names_of_experiment_and_arm() {
    String usual = planner.runId(spec());

    assertThat(usual).matches("[0-9a-f]{16}");
    assertThat(planner.runId(named("other", "arm"))).isEqualTo(usual);
    assertThat(planner.plan(spec(), DATA).runId()).isEqualTo(usual);
    assertThat(List.of(planner.runId(seeded(2)), planner.runId(threaded(2)))).doesNotContain(usual);
    assertThat(planner.runId(RunSpec.of(config(arm("a", new Crt())), arm("a", new Crt()), 1)))
        .isNotEqualTo(usual);
  }

  @Test
  void should_plan_a_run_alone_as_in_the_experiment() throws Exception {
    ExperimentPlan plan = planner.plan(config(arm("crt", new Crt())), DATA);
    PlannedRun whole = plan.runs().get(1);

    // As a worker reads it.
    RunSpec spec = mapper.readValue(mapper.writeValueAsString(whole.spec()), RunSpec.class);
    PlannedRun alone = planner.plan(spec, DATA);

    assertThat(alone.runId()).isEqualTo(whole.runId());
    assertThat(alone.stages()).isEqualTo(whole.stages());
  }

  @Test
  void should_name_every_arm_and_method_whose_stages_make_no_chain() {
    ExperimentConfig config =
        config(
            arm("empty", new Stages(List.of())),
            arm("right", new SingleStage()),
            arm("twice", new Stages(List.of(plain("a"), plain("a")))),
            arm("unknown", new Stages(List.of(plain("a"), after("b", "c")))),
            arm("later", new Stages(List.of(after("a", "b"), plain("b")))),
            arm("itself", new Stages(List.of(after("a", "a")))));

    assertThatThrownBy(() -> planner.plan(config, DATA))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            """
            arm "empty", method "test/stages": it has no stages; expected at least one
            arm "twice", method "test/stages": two stages are called "a"
            arm "unknown", method "test/stages": stage "b" starts after "c", which does not exist; \
            stages: a, b
            arm "later", method "test/stages": stage "a" starts after "b", which does not come \
            before it
            arm "itself", method "test/stages": stage "a" starts after "a", which does not come \
            before it""");
  }

  @Test
  void should_name_every_stage_whose_parts_refuse_the_data() {
    Meta meta =
        new Meta(
            NoiseLevel.CLASS,
            0,
            1,
            0.01,
            OptionalInt.empty(),
            Optional.empty(),
            LookAhead.Split.VALIDATION);
    ExperimentConfig config =
        config(
            new ModelConfig(new Mlp(), new Linear()),
            config(arm("any", new SingleStage())).training(),
            1,
            arm("right", new SingleStage()),
            arm("unjudged", new SingleStage(new CrossEntropy(), meta)),
            arm(
                "unseen",
                new Stages(
                    List.of(
                        plain("a"),
                        StageSpec.of("b", new BalancedSoftmax(), new InstanceBalanced())))));

    assertThatThrownBy(() -> planner.plan(config, TinySplit.of(5, 0)))
        .isInstanceOf(PlanException.class)
        .hasMessageContainingAll(
            "arm \"right\", stage \"train\": instance-balanced: ",
            "arm \"unjudged\", stage \"train\": meta: ",
            "arm \"unseen\", stage \"a\": instance-balanced: ",
            "arm \"unseen\", stage \"b\": instance-balanced: ");
    assertThatThrownBy(() -> planner.plan(config, TinySplit.of(5, 2)))
        .isInstanceOf(PlanException.class)
        .hasMessageStartingWith("arm \"unjudged\", stage \"train\": meta: metaData: validation: ")
        .hasMessageNotContaining("\n");
    assertThat(planner.plan(config, TinySplit.withValidation(5, 2)).runs()).hasSize(6);
  }

  @Test
  void should_name_every_stage_whose_loss_needs_what_no_stage_has() {
    ExperimentConfig config =
        config(
            arm("right", new SingleStage()),
            arm("taught", new SingleStage(new KlDistillation(), new InstanceBalanced())),
            arm("wide", new SingleStage(new Bags(), new InstanceBalanced())));

    assertThatThrownBy(() -> planner.plan(config, DATA))
        .isInstanceOf(PlanException.class)
        .hasMessageContainingAll(
            "arm \"taught\", stage \"train\": kl-distillation: needs the outputs of a teacher,"
                + " which the stages of a method do not have",
            "arm \"wide\", stage \"train\": bags: needs logits with columns beyond")
        .hasMessageNotContaining("right");
  }

  @Test
  void should_print_runs_with_their_stages_and_what_they_share() {
    ExperimentPlan plan =
        planner.plan(config(arm("softmax", new SingleStage()), arm("crt", new Crt())), DATA);
    String first = stage(plan, 0, 0).key().brief();

    assertThat(plan.toString().lines().toList().get(0))
        .isEqualTo(plan.runs().get(0).runId() + "  softmax/1  train " + first);
    assertThat(plan.toString().lines().toList().get(2))
        .contains("crt/1  representation " + first + " (shared with softmax/1), classifier ");
  }

  private StageKey key(UnaryOperator<StageSpec> change) {
    StageSpec usual = StageSpec.of("train", new CrossEntropy(), new InstanceBalanced());
    return lastKey(new Stages(List.of(change.apply(usual))));
  }

  private StageKey key(int stage, MethodSpec method) {
    return stage(planner.plan(config(arm("a", method)), DATA), 0, stage).key();
  }

  private StageKey lastKey(MethodSpec method) {
    List<PlannedStage> stages = planner.plan(config(arm("a", method)), DATA).runs().get(0).stages();
    return stages.get(stages.size() - 1).key();
  }

  private static StageKey key(Planner planner, RunSpec spec, LabelledData data) {
    return planner.plan(spec, data).stages().get(0).key();
  }

  private static PlannedStage stage(ExperimentPlan plan, int run, int stage) {
    return plan.runs().get(run).stages().get(stage);
  }

  private Planner planner(TrainingCode code) {
    return new Planner(mapper, new StageKeys(mapper, code));
  }

  private static MethodSpec chain(String first) {
    return chain(first, Start.HeadStart.KEEP);
  }

  private static MethodSpec chain(String first, Start.HeadStart head) {
    StageSpec second =
        plain("second").starting(new Start.After(first, head), Set.of(ModelPart.HEAD));
    return new Stages(List.of(plain(first), second));
  }

  private static StageSpec plain(String name) {
    return StageSpec.of(name, new CrossEntropy(), new InstanceBalanced());
  }

  private static StageSpec after(String name, String earlier) {
    return plain(name)
        .starting(new Start.After(earlier, Start.HeadStart.KEEP), Set.of(ModelPart.HEAD));
  }

  private static StageSpec lasting(
      StageSpec stage,
      OptionalInt epochs,
      OptionalDouble rate,
      Optional<org.equipoise.api.training.ScheduleSpec> schedule) {
    return stage.lasting(epochs, rate, schedule);
  }

  private static ArmConfig arm(String id, MethodSpec method) {
    return new ArmConfig(id, method);
  }

  private static ExperimentConfig config(ArmConfig... arms) {
    return config(
        new ModelConfig(new SmallCnn(), new Linear()),
        new TrainingConfig(
            20, 128, new Sgd(), new Cosine(), List.of(), OptionalDouble.empty(), Optional.empty()),
        1,
        arms);
  }

  private static ExperimentConfig config(
      ModelConfig model, TrainingConfig training, int threads, ArmConfig... arms) {
    return new ExperimentConfig(
        "study",
        new FashionMnistLtMini(),
        new DataConfig(),
        model,
        training,
        new Selection.Last(),
        threads,
        List.of(1L, 2L),
        arms[0].id(),
        List.of(arms),
        List.of(new TopK(), new BalancedAccuracy()));
  }

  private static RunSpec spec() {
    return seeded(1);
  }

  private static RunSpec seeded(long seed) {
    return RunSpec.of(config(arm("a", new SingleStage())), arm("a", new SingleStage()), seed);
  }

  private static RunSpec threaded(int threads) {
    return of(c -> config(c.model(), c.training(), threads, arm("a", new SingleStage())));
  }

  private static RunSpec modelled(ModelConfig model) {
    return of(c -> config(model, c.training(), 1, arm("a", new SingleStage())));
  }

  private static RunSpec trained(TrainingConfig training) {
    return of(c -> config(c.model(), training, 1, arm("a", new SingleStage())));
  }

  private static RunSpec of(Function<ExperimentConfig, ExperimentConfig> change) {
    ExperimentConfig config = change.apply(config(arm("a", new SingleStage())));
    return RunSpec.of(config, config.arms().get(0), 1);
  }

  private static RunSpec named(String experiment, String arm) {
    RunSpec s = spec();
    return new RunSpec(
        experiment,
        arm,
        s.seed(),
        s.threads(),
        s.dataset(),
        s.data(),
        s.model(),
        s.training(),
        s.selection(),
        s.method(),
        s.metrics());
  }

  private static ExperimentConfig augmented(BackboneSpec backbone, AugmentationSpec... changes) {
    return config(
        new ModelConfig(backbone, new Linear()),
        new TrainingConfig(
            20,
            128,
            new Sgd(),
            new Cosine(),
            List.of(changes),
            OptionalDouble.empty(),
            Optional.empty()),
        1,
        arm("a", new SingleStage()));
  }

  private static LabelledData data(Examples examples) {
    return new LabelledData(
        examples, examples, List.of("a", "b"), ClassCounts.of(1, 1), new TreeMap<>());
  }

  private static LabelledData data(String file, String hash) {
    ImageExamples.ImageFormat format =
        new ImageExamples.ImageFormat(16, 16, 1, List.of(0.0), List.of(1.0));
    ImageExamples images = new ImageExamples(new byte[4 * 256], new int[] {0, 0, 1, 0}, format);
    SortedMap<String, String> fingerprints = new TreeMap<>();
    fingerprints.put(file, hash);
    return new LabelledData(images, images, List.of("a", "b"), ClassCounts.of(3, 1), fingerprints);
  }

  /**
   * Any stages.
   *
   * @param list the stages
   */
  record Stages(List<StageSpec> list) implements MethodSpec {
    @Override
    public String typeName() {
      return "test/stages";
    }

    @Override
    public List<StageSpec> stages(TrainStatistics train) {
      return list;
    }
  }
}
