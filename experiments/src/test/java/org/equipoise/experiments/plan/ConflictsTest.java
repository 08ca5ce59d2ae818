package org.equipoise.experiments.plan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Reduction;
import org.equipoise.api.method.MethodSpec;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.method.Start;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.MetaStep;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.config.ArmConfig;
import org.equipoise.experiments.config.ConflictKind;
import org.equipoise.experiments.config.DataConfig;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.Selection;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.data.FashionMnistLtMini;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.models.Mlp;
import org.equipoise.experiments.parts.KnownParts;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.Conflict.Standing;
import org.equipoise.experiments.stage.StageKeys;
import org.equipoise.experiments.stage.TrainingCode;
import org.equipoise.experiments.training.Cosine;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.losses.InverseFrequency;
import org.equipoise.methods.SingleStage;
import org.equipoise.methods.head.Linear;
import org.equipoise.samplers.ClassBalanced;
import org.junit.jupiter.api.Test;

/** What the texts of {@link ConflictTextsTest} do not show. */
class ConflictsTest {

  private static final MethodSpec TWICE =
      new SingleStage(new BalancedSoftmax(), new ClassBalanced());

  private final ObjectMapper mapper = Json.mapper(KnownParts.registry());
  private final Planner planner =
      new Planner(mapper, new StageKeys(mapper, new TrainingCode(Sgd.class, "engine 1")));

  private ExperimentPlan plan(int[] counts, ArmConfig... arms) {
    return planner.plan(
        new ExperimentConfig(
            "study",
            new FashionMnistLtMini(),
            new DataConfig(),
            new ModelConfig(new Mlp(), new Linear()),
            new TrainingConfig(
                20,
                8,
                new Sgd(),
                new Cosine(),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty()),
            new Selection.Last(),
            1,
            List.of(1L, 2L),
            arms[0].id(),
            List.of(arms),
            List.of()),
        TinySplit.of(counts));
  }

  private List<Conflict> conflicts(MethodSpec method) {
    return plan(new int[] {100, 10, 1}, new ArmConfig("a", method)).conflicts();
  }

  @Test
  void should_change_no_id_of_a_run_if_a_conflict_is_accepted() {
    ExperimentPlan open = plan(new int[] {100, 10}, new ArmConfig("a", TWICE));
    ExperimentPlan accepted =
        plan(
            new int[] {100, 10},
            new ArmConfig("a", TWICE, List.of(ConflictKind.DOUBLE_PRIOR_CORRECTION)));

    assertThat(open.conflicts()).extracting(Conflict::standing).containsExactly(Standing.WARNING);
    assertThat(accepted.conflicts())
        .extracting(Conflict::standing)
        .containsExactly(Standing.ACCEPTED);
    assertThat(accepted.runs()).isEqualTo(open.runs());
  }

  @Test
  void should_give_a_note_if_the_sampler_learns_as_the_published_one_does() {
    List<Conflict> found = conflicts(new SingleStage(new BalancedSoftmax(), new Learned()));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).kind()).isEqualTo("double-prior-correction");
    assertThat(found.get(0).accepted().standing()).isEqualTo(Standing.NOTE);
    assertThat(found.get(0).why()).contains("Ren et al. 2020");
    assertThat(conflicts(new SingleStage(new CrossEntropy(), new Learned()))).isEmpty();
  }

  @Test
  void should_find_nothing_to_correct_twice_if_all_classes_are_equally_frequent() {
    assertThat(plan(new int[] {7, 7, 7}, new ArmConfig("a", TWICE)).conflicts()).isEmpty();
    assertThat(plan(new int[] {100, 101, 102}, new ArmConfig("a", TWICE)).conflicts()).isEmpty();
  }

  @Test
  void should_know_a_third_party_loss_by_what_it_says_and_not_by_its_name() {
    assertThat(conflicts(new SingleStage(new Renamed(true), new ClassBalanced())))
        .extracting(Conflict::kind)
        .containsExactly("double-prior-correction");
    assertThat(conflicts(new SingleStage(new Renamed(false), new ClassBalanced()))).isEmpty();
  }

  @Test
  void should_not_look_at_a_stage_that_trains_nothing() {
    StageSpec idle =
        StageSpec.of("idle", new BalancedSoftmax(), new ClassBalanced())
            .starting(new Start.After("train", Start.HeadStart.KEEP), Set.of());

    assertThat(
            conflicts(
                new PlannerTest.Stages(
                    List.of(StageSpec.of("train", new CrossEntropy(), new ClassBalanced()), idle))))
        .isEmpty();
  }

  @Test
  void should_find_two_conflicts_if_loss_weights_and_sampler_all_correct() {
    MethodSpec all =
        new SingleStage(
            new BalancedSoftmax(1, PriorSource.TRAIN_COUNTS),
            new ClassBalanced(),
            Optional.of(new InverseFrequency()),
            Reduction.BATCH_MEAN,
            Optional.empty(),
            List.of());

    assertThat(conflicts(all))
        .extracting(Conflict::kind)
        .containsExactly("double-prior-correction", "weights-on-prior-shift");
  }

  /**
   * Balanced Softmax of another name.
   *
   * @param says whether it says what it does
   */
  record Renamed(boolean says) implements LossSpec {

    @Override
    public String typeName() {
      return "acme/renamed";
    }

    @Override
    public BoundLoss bind(TrainStatistics train) {
      BoundLoss bound = new BalancedSoftmax().bind(train);
      Optional<ClassVector> shift = says ? bound.logitShift() : Optional.empty();
      return new Silent(shift);
    }
  }

  /** A loss that is never evaluated. */
  private record Silent(Optional<ClassVector> logitShift) implements PerExampleLoss {

    @Override
    public NDArray perExample(LossInput in) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "Shifts.");
    }
  }

  /** A sampler that says it learns, from a start that balances classes. */
  record Learned() implements SamplerSpec {

    @Override
    public EpochSampler bind(SamplingContext context) {
      return new Bound(new ClassBalanced().bind(context));
    }

    private record Bound(EpochSampler start) implements LearnedSampler {

      @Override
      public Iterator<int[]> batches(int epoch) {
        return start.batches(epoch);
      }

      @Override
      public int steps(int epoch) {
        return start.steps(epoch);
      }

      @Override
      public double[] classProbabilities(int epoch) {
        return start.classProbabilities(epoch);
      }

      @Override
      public void update(MetaStep step) {
        throw new UnsupportedOperationException();
      }

      @Override
      public double[] classRates() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double[] state() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void restore(double[] saved) {
        throw new UnsupportedOperationException();
      }
    }
  }
}
