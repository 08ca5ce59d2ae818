package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Balanced group softmax: one softmax for each group of classes of similar counts.
 *
 * <p>The logits are (N, K + G): K classes, then one "others" column for each of G groups. In every
 * group's softmax, objects of its own classes stand beside a sample of all other rows, whose label
 * there is "others": {@code othersRatio} times as many, drawn from the batch's stream without
 * replacement. A group without an object in the batch has no part in the value. Background and
 * foreground are told apart by the input's objectness logits (N, 2), foreground first. At test time
 * the score of a class is its group's softmax times the probability of foreground.
 *
 * <ul>
 *   <li>{@code Regions}: as published.
 *   <li>{@code ClassIds}: every row is an object; the objectness branch takes part if there is one.
 * </ul>
 *
 * <p>The value is a sum over the groups and the branch of means over their rows. A class without
 * training examples is in the group of the rarest.
 *
 * @param bounds where groups begin, ascending, each &gt;= 1: counts below the first are the first
 *     group, those from the last on the last
 * @param othersRatio rows of "others" an object of the group, &gt;= 0
 * @param counts what groups are made by
 * @see <a href="https://arxiv.org/abs/2006.10408">Li et al. 2020, Overcoming Classifier Imbalance
 *     for Long-tail Object Detection with Balanced Group Softmax, figure 2</a>
 */
@Described(
    summary = "One softmax for each group of classes of similar counts, each with an others class.",
    formula =
        "l = CE(o, [y is background]) + sum_g mean over i in S_g of CE(z_i restricted to group g and"
            + " others_g, y_i or others), S_g = objects of g and a sample of the rest",
    source =
        "Li et al. 2020, Overcoming Classifier Imbalance for Long-tail Object Detection with"
            + " Balanced Group Softmax, figure 2, and its released code",
    differs =
        "The released code has the two background logits among the classes' logits; here they are"
            + " the objectness branch.")
public record Bags(List<Long> bounds, double othersRatio, CountKind counts) implements LossSpec {

  /**
   * Creates the published loss for LVIS: {@code bounds} 10, 100 and 1000, {@code othersRatio} 8,
   * {@code counts} of objects.
   */
  public Bags() {
    this(List.of(10L, 100L, 1000L), 8, CountKind.INSTANCE);
  }

  /** Checks the ranges. */
  public Bags {
    bounds = List.copyOf(bounds);
    long before = 0;
    for (long bound : bounds) {
      if (bound <= before) {
        throw new IllegalArgumentException("bounds: must ascend from 1 on, were " + bounds);
      }
      before = bound;
    }
    if (!(othersRatio >= 0 && othersRatio < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "othersRatio: must be >= 0 and finite, was " + othersRatio);
    }
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    ClassCounts counted = counts.counts(train);
    List<List<Integer>> members = new ArrayList<>();
    for (int g = 0; g <= bounds.size(); g++) {
      members.add(new ArrayList<>());
    }
    int[] groupOf = new int[train.classes()];
    for (int c = 0; c < groupOf.length; c++) {
      long count = counted.count(c);
      groupOf[c] = (int) bounds.stream().filter(bound -> bound <= count).count();
      members.get(groupOf[c]).add(c);
    }
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < members.size(); g++) {
      groups.add(Group.of(members.get(g), train.classes(), g));
    }
    return new Bound(typeName(), train.classes(), List.copyOf(groups), groupOf, othersRatio);
  }

  /** The columns of a group, "others" last, and where in them each label is found. */
  private record Group(long[] columns, int[] positions) {

    static Group of(List<Integer> members, int classes, int index) {
      long[] columns = new long[members.size() + 1];
      int[] positions = new int[classes + 1];
      Arrays.fill(positions, members.size());
      for (int i = 0; i < members.size(); i++) {
        columns[i] = members.get(i);
        positions[members.get(i)] = i;
      }
      columns[members.size()] = classes + (long) index;
      return new Group(columns, positions);
    }

    int others() {
      return columns.length - 1;
    }
  }

  private static final class Bound implements BatchLoss {

    private final String who;
    private final int classes;
    private final List<Group> groups;
    private final int[] groupOf;
    private final double othersRatio;

    Bound(String who, int classes, List<Group> groups, int[] groupOf, double othersRatio) {
      this.who = who;
      this.classes = classes;
      this.groups = groups;
      this.groupOf = groupOf;
      this.othersRatio = othersRatio;
    }

    @Override
    public NDArray evaluate(LossInput in) {
      RegionLabels.requireWidth(who, in, classes, groups.size(), groups.size() + " others");
      long[] labels = RegionLabels.ids(who, in, classes).toLongArray();
      requireLabels(labels, in.targets() instanceof Targets.Regions ? classes : classes - 1);
      NDArray value = ClassVector.of(0).beside(in.logits()).sum();
      for (Group group : groups) {
        value = value.add(ofGroup(group, labels, in));
      }
      if (in.objectness().isPresent() || in.targets() instanceof Targets.Regions) {
        double[] background =
            Arrays.stream(labels).mapToDouble(label -> label == classes ? 1 : 0).toArray();
        NDArray branch =
            RegionLabels.objectness(who, in, ClassVector.of(background).beside(in.logits()));
        value = value.add(branch.mean());
      }
      return value;
    }

    private NDArray ofGroup(Group group, long[] labels, LossInput in) {
      NDArray logits = in.logits();
      NDManager manager = logits.getManager();
      long[] positions =
          Arrays.stream(labels).map(label -> group.positions()[(int) label]).toArray();
      double[] shares = shares(sample(positions, group.others(), in.random()));
      NDArray columns =
          manager
              .create(group.columns(), new Shape(1, group.columns().length))
              .repeat(0, labels.length);
      NDArray logProbabilities = logits.gather(columns, 1).logSoftmax(1);
      NDArray ofLabel = Labels.pick(who, logProbabilities, manager.create(positions));
      return ofLabel.mul(ClassVector.of(shares).beside(logits)).sum().neg();
    }

    // Which rows a group's softmax sees.
    private boolean[] sample(long[] positions, int others, RandomGenerator random) {
      boolean[] chosen = new boolean[positions.length];
      int[] rest = new int[positions.length];
      int size = 0;
      for (int i = 0; i < positions.length; i++) {
        chosen[i] = positions[i] != others;
        if (!chosen[i]) {
          rest[size++] = i;
        }
      }
      int wanted = (int) Math.min(size, (positions.length - size) * othersRatio);
      for (int i = 0; i < wanted; i++) {
        // Nothing is left to chance, and no number drawn, if all of the rest are wanted.
        int at = wanted == size ? i : i + random.nextInt(size - i);
        chosen[rest[at]] = true;
        rest[at] = rest[i];
      }
      return chosen;
    }

    private static double[] shares(boolean[] chosen) {
      double[] shares = new double[chosen.length];
      int size = 0;
      for (boolean row : chosen) {
        size += row ? 1 : 0;
      }
      for (int i = 0; i < shares.length; i++) {
        shares[i] = chosen[i] ? 1.0 / size : 0;
      }
      return shares;
    }

    private void requireLabels(long[] labels, int largest) {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] < 0 || labels[i] > largest) {
          throw new IllegalArgumentException(
              who + ": example " + i + " has label " + labels[i] + " outside 0.." + largest);
        }
      }
    }

    @Override
    public Set<LossNeed> needs() {
      return Set.of(LossNeed.MORE_COLUMNS);
    }

    @Override
    public Explanation explain(int classId) {
      int group = groupOf[classId];
      return Explanation.of(
              classId,
              "Class "
                  + classId
                  + " competes with the classes of its own group and with a sample of the rest.")
          .with("group", group)
          .with("classesInGroup", groups.get(group).others())
          .with("othersPerObject", othersRatio);
    }
  }
}
