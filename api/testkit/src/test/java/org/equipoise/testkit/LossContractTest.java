package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.api.tensor.Scalars;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A loss that keeps the contract passes it; each way of breaking it is found. */
class LossContractTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new ToyLoss();
  }

  @Override
  public String expectedTypeName() {
    return "toy-loss";
  }

  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(new ToyLoss(0));
  }

  @TestFactory
  Stream<DynamicTest> should_hold_for_losses_of_every_kind() {
    return Stream.of(new MeanLoss(), new CountingLoss())
        .flatMap(
            loss ->
                Arrays.stream(LossContract.class.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .map(
                        method ->
                            DynamicTest.dynamicTest(
                                loss.getClass().getSimpleName() + " " + method.getName(),
                                () -> method.invoke(new OfALoss(loss)))));
  }

  @TestFactory
  Stream<DynamicTest> should_find_what_is_broken() {
    return Stream.of(
        broken(
            "overflow",
            LossContract::should_be_finite_if_logits_and_counts_are_extreme,
            Overflows::new),
        broken(
            "gradient cut off",
            LossContract::should_have_the_gradient_of_finite_differences,
            CutOff::new),
        broken(
            "number let go of",
            LossContract::should_have_the_same_gradient_if_garbage_is_collected_before,
            LetsGo::new),
        broken(
            "wrong closed form",
            LossContract::should_have_the_closed_form_gradient_of_autograd,
            WrongClosedForm::new),
        broken(
            "class ids as numbers",
            LossContract::should_be_the_same_if_classes_are_reordered,
            IdsAsNumbers::new),
        broken(
            "statistics of the wrong class",
            LossContract::should_be_the_same_if_classes_are_reordered,
            FixedShift::new),
        broken(
            "rows by position",
            LossContract::should_follow_if_examples_are_reordered,
            RowsByPosition::new),
        broken("reduced", LossContract::should_return_the_shape_and_dtype_promised, Reduced::new),
        broken("dtype", LossContract::should_return_the_shape_and_dtype_promised, Single::new),
        broken("in place", LossContract::should_leave_its_inputs_as_they_are, InPlace::new),
        broken(
            "manager of the prior",
            LossContract::should_leave_nothing_behind_in_a_parent_manager,
            Leaks::new),
        broken(
            "array in the parent",
            LossContract::should_leave_nothing_behind_in_a_parent_manager,
            LeaksInParent::new),
        broken("explanation", LossContract::should_explain_every_class, WrongExplanation::new),
        broken(
            "explained as half",
            LossContract::should_do_to_a_class_what_it_explains,
            ExplainedAsHalf::new),
        broken(
            "batch explained as another",
            LossContract::should_do_to_a_class_what_it_explains,
            shift -> new ExplainedAsShifted()),
        broken("needs nothing", LossContract::should_need_what_it_says, SaysItNeeds::new),
        bound(
            "explained by id",
            LossContract::should_explain_the_same_if_classes_are_reordered,
            ExplainedById::new),
        bound(
            "counts kept quiet", LossContract::should_explain_what_counts_change, KeepsQuiet::new),
        bound(
            "log of no examples",
            LossContract::should_refuse_an_empty_class_by_name_or_stay_finite,
            ToyLoss.Bound::new),
        broken("weights", LossContract::should_be_linear_in_class_weights, SquaredWeights::new),
        broken("mixed", LossContract::should_refuse_mixed_targets, TakesAnything::new),
        broken(
            "state changed",
            LossContract::should_keep_its_state_exactly,
            shift -> new ChangesState()),
        broken(
            "state rounded",
            LossContract::should_keep_its_state_exactly,
            shift -> new RoundsState()),
        DynamicTest.dynamicTest(
            "limit",
            () -> {
              LossContract contract =
                  new OfALoss(new ToyLoss.Bound(ClassVector.of(1, 2, 3, 4, 5))) {
                    @Override
                    public Optional<LossSpec> equalUnderUniformCounts() {
                      return Optional.of(new ToyLoss(0));
                    }
                  };
              assertThatThrownBy(contract::should_equal_its_limit_if_counts_are_uniform)
                  .isInstanceOf(AssertionError.class);
            }));
  }

  private static DynamicTest broken(
      String name, Consumer<LossContract> test, Function<ClassVector, BoundLoss> loss) {
    ClassVector shift = ClassVector.of(-3, -2, -1, -0.5, -0.1);
    return DynamicTest.dynamicTest(
        name,
        () ->
            assertThatThrownBy(() -> test.accept(new OfALoss(loss.apply(shift))))
                .isInstanceOf(AssertionError.class));
  }

  private static DynamicTest bound(
      String name, Consumer<LossContract> test, Function<ClassVector, BoundLoss> loss) {
    Function<TrainStatistics, BoundLoss> binding =
        train -> loss.apply(ClassVector.of(train.instances().prior().log()));
    return DynamicTest.dynamicTest(
        name,
        () ->
            assertThatThrownBy(() -> test.accept(new OfALoss(binding)))
                .isInstanceOf(AssertionError.class));
  }

  /** The contract of a bound loss, whatever its spec. */
  private static class OfALoss implements LossContract {
    private final Function<TrainStatistics, BoundLoss> binding;

    OfALoss(BoundLoss loss) {
      this(train -> loss);
    }

    OfALoss(Function<TrainStatistics, BoundLoss> binding) {
      this.binding = binding;
    }

    @Override
    public LossSpec spec() {
      return new LossSpec() {
        @Override
        public BoundLoss bind(TrainStatistics train) {
          return binding.apply(train);
        }

        @Override
        public String typeName() {
          return "toy-loss";
        }
      };
    }

    @Override
    public LossSpec specForClassOrder(int[] order) {
      return spec();
    }

    @Override
    public String expectedTypeName() {
      return "toy-loss";
    }
  }

  private static final class Overflows extends ToyLoss.Bound {
    Overflows(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      NDArray e = in.logits().exp();
      NDArray ofLabel = e.gather(ids(in).expandDims(1), 1).squeeze(1);
      return ofLabel.div(e.sum(new int[] {1})).log().neg();
    }
  }

  private static final class CutOff extends ToyLoss.Bound {
    CutOff(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      NDArray loss = super.perExample(in);
      return loss.mul(loss.stopGradient());
    }
  }

  private static final class LetsGo extends ToyLoss.Bound {
    LetsGo(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      return super.perExample(in).mul(0.5);
    }
  }

  private static final class WrongClosedForm extends ToyLoss.Bound {
    WrongClosedForm(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray logitGradient(LossInput in) {
      return super.logitGradient(in).div(in.logits().getShape().get(0));
    }
  }

  private static final class IdsAsNumbers extends ToyLoss.Bound {
    IdsAsNumbers(ClassVector shift) {
      super(ClassVector.of(0, 0, 0, 0, 0));
    }

    @Override
    public NDArray perExample(LossInput in) {
      NDArray loss = super.perExample(in);
      return loss.mul(ids(in).toType(loss.getDataType(), false).add(1));
    }
  }

  private static final class FixedShift extends ToyLoss.Bound {
    FixedShift(ClassVector shift) {
      super(shift);
    }
  }

  private static final class RowsByPosition extends ToyLoss.Bound {
    RowsByPosition(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      NDArray loss = super.perExample(in);
      return loss.mul(
          loss.getManager().arange(1f, 1f + loss.size()).toType(loss.getDataType(), false));
    }
  }

  private static final class Reduced extends ToyLoss.Bound {
    Reduced(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      return super.perExample(in).mean();
    }
  }

  private static final class Single extends ToyLoss.Bound {
    Single(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      return super.perExample(in).toType(DataType.FLOAT32, false);
    }
  }

  private static final class InPlace extends ToyLoss.Bound {
    InPlace(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      in.logits().addi(1);
      return super.perExample(in);
    }
  }

  private static final class Leaks extends ToyLoss.Bound {
    Leaks(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      NDArray zero = NDManager.newBaseManager().zeros(new Shape(1), in.logits().getDataType());
      return zero.add(super.perExample(in));
    }
  }

  private static final class LeaksInParent extends ToyLoss.Bound {
    LeaksInParent(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      in.logits().getManager().getParentManager().zeros(new Shape(1));
      return super.perExample(in);
    }
  }

  private static final class WrongExplanation extends ToyLoss.Bound {
    WrongExplanation(ClassVector shift) {
      super(shift);
    }

    @Override
    public Explanation explain(int classId) {
      return super.explain(0);
    }
  }

  private static final class ExplainedAsHalf extends ToyLoss.Bound {
    ExplainedAsHalf(ClassVector shift) {
      super(shift);
    }

    @Override
    public Explanation explain(int classId) {
      double said = super.explain(classId).numbers().get("logitShift");
      return Explanation.of(classId, "Shifts it.").with("logitShift", said / 2);
    }
  }

  private static final class ExplainedAsShifted extends MeanLoss {
    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "Shifts it.").with("logitShift", classId);
    }
  }

  private static final class SaysItNeeds extends ToyLoss.Bound {
    SaysItNeeds(ClassVector shift) {
      super(shift);
    }

    @Override
    public Set<LossNeed> needs() {
      return Set.of(LossNeed.TEACHER);
    }
  }

  private static final class ExplainedById extends ToyLoss.Bound {
    ExplainedById(ClassVector shift) {
      super(shift);
    }

    @Override
    public Explanation explain(int classId) {
      return super.explain(classId).with("rank", classId);
    }
  }

  private static final class KeepsQuiet extends ToyLoss.Bound {
    KeepsQuiet(ClassVector shift) {
      super(shift);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(classId, "Shifts it.");
    }
  }

  private static final class SquaredWeights extends ToyLoss.Bound {
    SquaredWeights(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in, NDArray classWeights) {
      return super.perExample(in, classWeights.mul(classWeights));
    }
  }

  private static final class TakesAnything extends ToyLoss.Bound {
    TakesAnything(ClassVector shift) {
      super(shift);
    }

    @Override
    public NDArray perExample(LossInput in) {
      return in.logits().sum(new int[] {1});
    }
  }

  /** Couples the batch: the mean of a loss. */
  private static class MeanLoss implements BatchLoss {
    private final ToyLoss.Bound each = new ToyLoss.Bound(ClassVector.of(0, 0, 0, 0, 0));

    @Override
    public NDArray evaluate(LossInput in) {
      return each.perExample(in).mean();
    }

    @Override
    public Explanation explain(int classId) {
      return each.explain(classId);
    }
  }

  /** Keeps state: how many examples it has seen; their number scales the loss. */
  private static class CountingLoss implements StatefulLoss<Double> {
    private final MeanLoss mean = new MeanLoss();

    @Override
    public Double initial() {
      return 0.1;
    }

    @Override
    public NDArray evaluate(Double state, LossInput in) {
      return Scalars.times(mean.evaluate(in), 1 + state);
    }

    @Override
    public Double advance(Double state, LossInput in) {
      return state + in.logits().getShape().get(0) / 3.0;
    }

    @Override
    public double[] encode(Double state) {
      return new double[] {state};
    }

    @Override
    public Double decode(double[] saved) {
      return saved[0];
    }

    @Override
    public Explanation explain(int classId) {
      return mean.explain(classId).with("factorOfTheFirstBatch", 1 + initial());
    }
  }

  private static final class RoundsState extends CountingLoss {
    @Override
    public Double decode(double[] saved) {
      return (double) (float) saved[0];
    }
  }

  private static final class ChangesState implements StatefulLoss<double[]> {
    private final MeanLoss mean = new MeanLoss();

    @Override
    public double[] initial() {
      return new double[1];
    }

    @Override
    public NDArray evaluate(double[] state, LossInput in) {
      state[0]++;
      return mean.evaluate(in);
    }

    @Override
    public double[] advance(double[] state, LossInput in) {
      return state.clone();
    }

    @Override
    public double[] encode(double[] state) {
      return state.clone();
    }

    @Override
    public double[] decode(double[] saved) {
      return saved.clone();
    }

    @Override
    public Explanation explain(int classId) {
      return mean.explain(classId);
    }
  }
}
