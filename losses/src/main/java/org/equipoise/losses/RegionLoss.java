package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Any loss with one value an example, on the regions of a detector.
 *
 * <p>What background is to the loss is said by a {@link BackgroundPolicy}, and what the loss counts
 * by a {@link CountKind}. Balanced Softmax with an unshifted column rebalances classes only; with a
 * log-prior column background is rebalanced too, which costs precision, as every image is full of
 * it. Balanced Sigmoid on image counts without a background output is the published loss of the
 * Balanced Meta-Softmax paper's detectors. At test time the logits are used as they are.
 *
 * <p>Takes {@code Regions} and {@code ClassIds} targets; without a background output, what the loss
 * takes. A class weight never applies to background or to the objectness branch.
 *
 * @param loss the loss
 * @param background how regions without an object enter it
 * @param counts what the loss counts; a loss of sigmoids wants images, for its rate is the share of
 *     images that contain a class
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, and its
 *     released code for instance segmentation (no background output)</a>
 * @see <a href="https://arxiv.org/abs/2008.10032">Wang et al. 2021, Seesaw Loss (objectness
 *     branch)</a>
 */
@Described(
    summary = "A loss on the regions of a detector, with a policy for background.",
    formula =
        "none: l(z, y), z of K; unshifted: l of K + 1 with n_bg = mean n_c; log prior: l of K + 1"
            + " with n_bg / n = share / (1 - share); objectness: [y is an object] l(z, y) + CE(o,"
            + " [y is background])",
    source =
        "Equipoise; without background output Ren et al. 2020, Balanced Meta-Softmax, released code"
            + " for instance segmentation; objectness branch Wang et al. 2021, Seesaw Loss",
    differs =
        "No code of a softmax with background was released for Balanced Softmax: both columns are"
            + " this project's own.")
public record RegionLoss(LossSpec loss, BackgroundPolicy background, CountKind counts)
    implements LossSpec {

  /** Creates Balanced Softmax with an unshifted background column, on counts of objects. */
  public RegionLoss() {
    this(new BalancedSoftmax(), new BackgroundPolicy.UnshiftedColumn(), CountKind.INSTANCE);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    BoundLoss bound = loss.bind(background.withBackground(counts.only(train)));
    if (!(bound instanceof PerExampleLoss perExample)) {
      throw new IllegalArgumentException(
          typeName()
              + ": loss: "
              + loss.typeName()
              + " couples the batch or keeps state; expected a loss with one value an example");
    }
    if (background.hasColumn() && bound instanceof OfSigmoids) {
      throw new IllegalArgumentException(
          typeName()
              + ": loss: "
              + loss.typeName()
              + " has a sigmoid for each class, for which background is no class more; expected"
              + " background: {type: none}, or a loss of one softmax");
    }
    String who = typeName();
    int classes = train.classes();
    if (background instanceof BackgroundPolicy.None) {
      return new AsItIs(who, perExample);
    }
    return background instanceof BackgroundPolicy.ObjectnessBranch
        ? new WithBranch(who, classes, perExample)
        : new WithColumn(who, classes, perExample);
  }

  /** What is said of a loss holds on regions too. */
  private interface OnRegions extends PerExampleLoss {

    PerExampleLoss loss();

    @Override
    default Explanation explain(int classId) {
      return loss().explain(classId);
    }

    @Override
    default Optional<ClassVector> logitShift() {
      return loss().logitShift();
    }

    @Override
    default double logitScale() {
      return loss().logitScale();
    }

    /** What the policy for background needs, and the loss alone does not. */
    default Optional<LossNeed> own() {
      return Optional.empty();
    }

    @Override
    default Set<LossNeed> needs() {
      Set<LossNeed> all = EnumSet.noneOf(LossNeed.class);
      all.addAll(loss().needs());
      own().ifPresent(all::add);
      return all;
    }
  }

  private record AsItIs(String who, PerExampleLoss loss) implements OnRegions {

    @Override
    public NDArray perExample(LossInput in) {
      requirePlain(who, in);
      return loss.perExample(in);
    }

    @Override
    public NDArray perExample(LossInput in, NDArray classWeights) {
      requirePlain(who, in);
      return loss.perExample(in, classWeights);
    }

    private static void requirePlain(String who, LossInput in) {
      if (in.targets() instanceof Targets.Mixed) {
        throw Labels.unsupported(who, in.targets(), "Regions, ClassIds or MultiHot");
      }
    }
  }

  private record WithColumn(String who, int classes, PerExampleLoss loss) implements OnRegions {

    @Override
    public NDArray perExample(LossInput in) {
      return loss.perExample(ofColumns(in));
    }

    @Override
    public NDArray perExample(LossInput in, NDArray classWeights) {
      NDArray one = classWeights.getManager().ones(new Shape(1), classWeights.getDataType());
      return loss.perExample(ofColumns(in), NDArrays.concat(new NDList(classWeights, one)));
    }

    private LossInput ofColumns(LossInput in) {
      RegionLabels.requireWidth(who, in, classes, 1, "background");
      return in.withTargets(new Targets.ClassIds(RegionLabels.ids(who, in, classes)));
    }

    @Override
    public Optional<LossNeed> own() {
      return Optional.of(LossNeed.MORE_COLUMNS);
    }

    @Override
    public Optional<ClassVector> logitShift() {
      // That of background, the last, is none of a class.
      return loss.logitShift()
          .map(shift -> ClassVector.of(Arrays.copyOf(shift.toArray(), classes)));
    }
  }

  private record WithBranch(String who, int classes, PerExampleLoss loss) implements OnRegions {

    private static final int[] CLASS_AXIS = {1};

    @Override
    public NDArray perExample(LossInput in) {
      NDArray object = object(in);
      return loss.perExample(ofObjects(in, object)).mul(object).add(branch(in, object));
    }

    @Override
    public NDArray perExample(LossInput in, NDArray classWeights) {
      NDArray object = object(in);
      return loss.perExample(ofObjects(in, object), classWeights)
          .mul(object)
          .add(branch(in, object));
    }

    @Override
    public Optional<LossNeed> own() {
      return Optional.of(LossNeed.OBJECTNESS);
    }

    // 1 where there is an object, (N), beside the logits.
    private NDArray object(LossInput in) {
      Labels.requireWidth(who, in, classes);
      RegionLabels.ids(who, in, classes);
      return Labels.indicator(who, in).sum(CLASS_AXIS);
    }

    // Background rows get some class: what the loss makes of it is taken away again.
    private LossInput ofObjects(LossInput in, NDArray object) {
      NDArray ids = RegionLabels.ids(who, in, classes);
      return in.withTargets(new Targets.ClassIds(ids.mul(object.toType(DataType.INT64, false))));
    }

    private NDArray branch(LossInput in, NDArray object) {
      return RegionLabels.objectness(who, in, object.neg().add(1));
    }
  }
}
