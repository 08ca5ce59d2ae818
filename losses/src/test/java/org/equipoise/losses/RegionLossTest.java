package org.equipoise.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossNeed;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RegionLossTest implements LossContract {

  @Override
  public LossSpec spec() {
    return new RegionLoss();
  }

  @Override
  public String expectedTypeName() {
    return "region-loss";
  }

  @Override
  public Targets targets(NDArray logits, RandomGenerator random) {
    return RandomTargets.regions(logits, random);
  }

  @Override
  public LossInput input(NDArray logits, Targets targets) {
    return LossInput.of(Wider.withMeans(logits, CLASSES, 1), targets);
  }

  @Override
  public Optional<LossSpec> equalUnderUniformCounts() {
    return Optional.of(
        new RegionLoss(
            new CrossEntropy(), new BackgroundPolicy.UnshiftedColumn(), CountKind.INSTANCE));
  }

  /** The contract with background rebalanced too. */
  @Nested
  class WithALogPriorColumn implements LossContract {

    @Override
    public LossSpec spec() {
      return new RegionLoss(
          new BalancedSoftmax(), new BackgroundPolicy.LogPriorColumn(), CountKind.IMAGE);
    }

    @Override
    public String expectedTypeName() {
      return "region-loss";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }

    @Override
    public LossInput input(NDArray logits, Targets targets) {
      return LossInput.of(Wider.withMeans(logits, CLASSES, 1), targets);
    }
  }

  /** The contract with a branch for background. */
  @Nested
  class WithAnObjectnessBranch implements LossContract {

    @Override
    public LossSpec spec() {
      return new RegionLoss(
          new BalancedSoftmax(), new BackgroundPolicy.ObjectnessBranch(), CountKind.INSTANCE);
    }

    @Override
    public String expectedTypeName() {
      return "region-loss";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }

    @Override
    public LossInput input(NDArray logits, Targets targets) {
      return Wider.withObjectness(logits, targets);
    }
  }

  /** The contract without a background output. */
  @Nested
  class WithoutABackgroundOutput implements LossContract {

    @Override
    public LossSpec spec() {
      return new RegionLoss(new BalancedSigmoid(), new BackgroundPolicy.None(), CountKind.INSTANCE);
    }

    @Override
    public String expectedTypeName() {
      return "region-loss";
    }

    @Override
    public Targets targets(NDArray logits, RandomGenerator random) {
      return RandomTargets.regions(logits, random);
    }
  }

  @Test
  void should_shift_classes_by_their_count_over_the_mean_and_background_by_nothing() {
    Toy.onBatch(
        toy -> {
          LossInput in = columns(toy);
          double[] logits = in.logits().toDoubleArray();
          double mean = (double) toy.counts().total() / Toy.CLASSES;
          double[] got = toy.bind(new RegionLoss()).perExample(in).toDoubleArray();

          long[] labels = toy.regions().ids().toLongArray();
          int width = Toy.CLASSES + 1;
          for (int i = 0; i < Toy.ROWS; i++) {
            double sum = 0;
            double ofLabel = 0;
            for (int j = 0; j < width; j++) {
              double weight = j == Toy.CLASSES ? 1 : toy.counts().count(j) / mean;
              double term = weight * Math.exp(logits[i * width + j]);
              sum += term;
              ofLabel = labels[i] == j ? term : ofLabel;
            }
            assertThat(got[i]).isEqualTo(-Math.log(ofLabel / sum), within(1e-10));
          }
        });
  }

  @Test
  void should_rebalance_background_by_its_share_with_a_log_prior_column() {
    Toy.onBatch(
        toy -> {
          LossInput in = columns(toy);
          RegionLoss spec =
              new RegionLoss(
                  new BalancedSoftmax(),
                  new BackgroundPolicy.LogPriorColumn(0.75),
                  CountKind.INSTANCE);
          long[] counts = new long[Toy.CLASSES + 1];
          for (int c = 0; c < Toy.CLASSES; c++) {
            counts[c] = toy.counts().count(c);
          }
          // Three quarters background is three regions an object.
          counts[Toy.CLASSES] = 3 * toy.counts().total();
          PerExampleLoss wide =
              (PerExampleLoss)
                  new BalancedSoftmax().bind(TrainStatistics.of(ClassCounts.of(counts)));

          assertThat(toy.bind(spec).perExample(in).toDoubleArray())
              .containsExactly(
                  wide.perExample(in.withTargets(new Targets.ClassIds(toy.regions().ids())))
                      .toDoubleArray(),
                  within(1e-12));
        });
  }

  @Test
  void should_train_classes_on_objects_only_with_an_objectness_branch() {
    Toy.onBatch(
        toy -> {
          LossInput in = Wider.withObjectness(toy.input().logits(), toy.regions());
          double[] objectness = in.objectness().orElseThrow().toDoubleArray();
          RegionLoss spec =
              new RegionLoss(
                  new BalancedSoftmax(),
                  new BackgroundPolicy.ObjectnessBranch(),
                  CountKind.INSTANCE);
          double[] ofClasses = toy.evaluate(new BalancedSoftmax());
          NDArray weights = toy.manager().create(new double[] {1, 2, 3, 4});

          double[] got = toy.bind(spec).perExample(in).toDoubleArray();
          double[] weighted = toy.bind(spec).perExample(in, weights).toDoubleArray();

          for (int i = 0; i < Toy.ROWS; i++) {
            boolean background = i == 0;
            double p = Toy.sigmoid(objectness[2 * i] - objectness[2 * i + 1]);
            double branch = -Math.log(background ? 1 - p : p);
            double ofClass = background ? 0 : ofClasses[i];
            assertThat(got[i]).isEqualTo(ofClass + branch, within(1e-9));
            // Class weights leave the branch alone.
            assertThat(weighted[i]).isEqualTo((1 + toy.label(i)) * ofClass + branch, within(1e-8));
          }
        });
  }

  @Test
  void should_not_weight_background_of_a_column() {
    Toy.onBatch(
        toy -> {
          LossInput in = columns(toy);
          NDArray weights = toy.manager().create(new double[] {2, 2, 2, 2});
          PerExampleLoss loss = toy.bind(new RegionLoss());
          double[] plain = loss.perExample(in).toDoubleArray();
          double[] weighted = loss.perExample(in, weights).toDoubleArray();

          assertThat(weighted[0]).isEqualTo(plain[0]);
          assertThat(weighted[1]).isEqualTo(2 * plain[1], within(1e-12));
        });
  }

  @Test
  void should_bind_what_it_is_told_to_count() {
    TrainStatistics train =
        new TrainStatistics(ClassCounts.of(300, 100), Optional.of(ClassCounts.of(10, 40)), 50);

    assertThat(prior(CountKind.INSTANCE, train)).isEqualTo(0.75, within(1e-12));
    assertThat(prior(CountKind.IMAGE, train)).isEqualTo(0.2, within(1e-12));
    assertThat(positiveRate(CountKind.IMAGE, train)).isEqualTo(0.2, within(1e-12));
    assertThat(positiveRate(CountKind.INSTANCE, train)).isEqualTo(0.75, within(1e-12));
  }

  private static double prior(CountKind counts, TrainStatistics train) {
    LossSpec spec =
        new RegionLoss(new BalancedSoftmax(), new BackgroundPolicy.ObjectnessBranch(), counts);
    return spec.bind(train).explain(0).numbers().get("prior");
  }

  private static double positiveRate(CountKind counts, TrainStatistics train) {
    LossSpec spec = new RegionLoss(new BalancedSigmoid(), new BackgroundPolicy.None(), counts);
    return spec.bind(train).explain(0).numbers().get("positiveRate");
  }

  @Test
  void should_refuse_what_it_cannot_be_put_together_with() {
    Toy.onBatch(
        toy -> {
          TrainStatistics train = TrainStatistics.of(toy.counts());
          assertThatThrownBy(
                  () ->
                      new RegionLoss(new Seesaw(), new BackgroundPolicy.None(), CountKind.INSTANCE)
                          .bind(train))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "region-loss: loss: seesaw couples the batch or keeps state; expected a loss with"
                      + " one value an example");
          assertThatThrownBy(() -> toy.bind(new RegionLoss()).perExample(toy.input()))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("expected (N, 5), 4 classes and background");
          // A softmax without a background output does not know what to do with background.
          assertThatThrownBy(
                  () ->
                      toy.bind(
                              new RegionLoss(
                                  new BalancedSoftmax(),
                                  new BackgroundPolicy.None(),
                                  CountKind.INSTANCE))
                          .perExample(toy.input().withTargets(toy.regions())))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessage("balanced-softmax: takes targets of type ClassIds or Soft, not Regions");
        });
    assertThatThrownBy(() -> new RegionLoss().bind(TrainStatistics.of(ClassCounts.of(3, 0))))
        .isInstanceOf(EmptyClassException.class)
        .hasMessageStartingWith("balanced-softmax: class 1");
    assertThatThrownBy(() -> new BackgroundPolicy.LogPriorColumn(1))
        .hasMessage("share: must be in (0, 1), was 1.0");
  }

  @Test
  void should_refuse_sigmoids_with_a_column_for_background() {
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(3, 1));
    for (BackgroundPolicy column :
        List.of(new BackgroundPolicy.UnshiftedColumn(), new BackgroundPolicy.LogPriorColumn())) {
      for (LossSpec sigmoids :
          List.of(
              new BalancedSigmoid(), new EqlV1(), new FocalSigmoid(OptionalDouble.empty(), 0))) {
        assertThatThrownBy(() -> new RegionLoss(sigmoids, column, CountKind.IMAGE).bind(train))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "region-loss: loss: "
                    + sigmoids.typeName()
                    + " has a sigmoid for each class, for which background is no class more;"
                    + " expected background: {type: none}, or a loss of one softmax");
      }
    }
  }

  @Test
  void should_correct_what_the_sampler_draws_if_the_loss_is_told_to() {
    TrainStatistics drawn =
        TrainStatistics.of(ClassCounts.of(90, 10)).withSampled(ClassPrior.of(0.5, 0.5));
    LossSpec loss = new BalancedSoftmax(1, PriorSource.SAMPLER_EFFECTIVE);

    assertThat(priors(loss, new BackgroundPolicy.ObjectnessBranch(), drawn))
        .containsExactly(new double[] {0.5, 0.5}, within(1e-12));
    // Background as the mean class, and as its share of the regions.
    assertThat(priors(loss, new BackgroundPolicy.UnshiftedColumn(), drawn))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0}, within(1e-12));
    assertThat(priors(loss, new BackgroundPolicy.LogPriorColumn(0.8), drawn))
        .containsExactly(new double[] {0.1, 0.1}, within(1e-12));
  }

  private static double[] priors(LossSpec loss, BackgroundPolicy policy, TrainStatistics train) {
    BoundLoss bound = new RegionLoss(loss, policy, CountKind.INSTANCE).bind(train);
    return IntStream.range(0, train.classes())
        .mapToDouble(c -> bound.explain(c).numbers().get("prior"))
        .toArray();
  }

  @Test
  void should_need_what_loss_and_background_need() {
    LossSpec taught = new KlDistillation();
    TrainStatistics train = TrainStatistics.of(ClassCounts.of(3, 1));

    assertThat(
            new RegionLoss(taught, new BackgroundPolicy.UnshiftedColumn(), CountKind.INSTANCE)
                .bind(train)
                .needs())
        .containsExactly(LossNeed.TEACHER, LossNeed.MORE_COLUMNS);
  }

  @Test
  void should_be_plain_sigmoids_without_a_background_output() {
    Toy.onBatch(
        toy -> {
          LossInput in = toy.input().withTargets(toy.regions());
          LossSpec sigmoid = new FocalSigmoid(OptionalDouble.empty(), 0);
          RegionLoss spec = new RegionLoss(sigmoid, new BackgroundPolicy.None(), CountKind.IMAGE);

          assertThat(toy.bind(spec).perExample(in).toDoubleArray())
              .isEqualTo(toy.bind(sigmoid).perExample(in).toDoubleArray());
        });
  }

  private static LossInput columns(Toy toy) {
    return LossInput.of(Wider.withMeans(toy.input().logits(), Toy.CLASSES, 1), toy.regions());
  }
}
