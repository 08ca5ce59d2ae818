package org.equipoise.experiments.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.experiments.config.ConflictKind;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.Conflict.Standing;
import org.equipoise.experiments.training.BoundStage;

/** Conflicts between the parts of one stage. */
final class StageConflicts {

  private final String arm;
  private final PlannedStage planned;
  private final BoundStage stage;
  private final String loss;
  private final List<Conflict> found = new ArrayList<>();

  private StageConflicts(String arm, PlannedStage planned, BoundStage stage) {
    this.arm = arm;
    this.planned = planned;
    this.stage = stage;
    this.loss = "loss \"" + stage.stage().loss().typeName() + "\"";
  }

  /** Finds them; at most one of each kind. */
  static List<Conflict> of(String arm, PlannedStage planned, BoundStage stage) {
    StageConflicts conflicts = new StageConflicts(arm, planned, stage);
    PriorShares.of(stage).ifPresent(conflicts::prior);
    planned.model().head().cosineScale().ifPresent(conflicts::cosines);
    return conflicts.found;
  }

  private void prior(PriorShares shares) {
    String sampler = "sampler \"" + stage.stage().sampler().typeName() + "\"";
    if (stage.sampler() instanceof LearnedSampler) {
      if (shares.lossCorrects()) {
        add(
            ConflictKind.DOUBLE_PRIOR_CORRECTION,
            Standing.NOTE,
            sampler + " learns class rates while " + loss + " corrects the class prior.",
            "No conflict: rates that are learned for a loss make up for what it does. The Meta"
                + " Sampler with Balanced Softmax is published so (Ren et al. 2020, Balanced"
                + " Meta-Softmax, section 3.2).");
      }
    } else if (shares.lossRepeatsSampler()) {
      add(
          ConflictKind.DOUBLE_PRIOR_CORRECTION,
          Standing.WARNING,
          together(sampler, shares.sampler(), "the draws", shares.loss()),
          tooMuch()
              + " The released configs of Balanced Meta-Softmax once had a class-balanced sampler by"
              + " mistake, and its results did not reproduce (BalancedMetaSoftmax-Classification,"
              + " issue 11). Draw instance-balanced, or let the loss correct what is drawn, if it can:"
              + " prior: sampler-effective.");
    }
    if (shares.lossRepeatsWeighting()) {
      String weighting = "weighting \"" + stage.stage().weighting().orElseThrow().typeName() + "\"";
      add(
          ConflictKind.WEIGHTS_ON_PRIOR_SHIFT,
          Standing.WARNING,
          together(weighting, shares.weighting(), "the weighted loss", shares.loss()),
          tooMuch()
              + " Balanced Softmax is defined without class weights (Ren et al. 2020, Balanced"
              + " Meta-Softmax, equation 4). Leave the weighting out, or put it on a loss that"
              + " corrects no prior, such as cross-entropy.");
    }
  }

  private String together(String part, double share, String where, double ofLoss) {
    return part
        + " takes "
        + percent(share)
        + " of the log-prior out of "
        + where
        + ", and "
        + loss
        + " "
        + percent(ofLoss)
        + " out of the logits: "
        + percent(share + ofLoss)
        + " together.";
  }

  private static String tooMuch() {
    return "100% is right for a class-balanced test set; what is beyond favours rare classes over"
        + " frequent ones.";
  }

  private void cosines(double scale) {
    String head = "head \"" + planned.model().head().typeName() + "\"";
    double again = stage.loss().logitScale();
    if (scale > 1 && again > 1) {
      add(
          ConflictKind.SCALE_APPLIED_TWICE,
          Standing.WARNING,
          head
              + " multiplies cosines by "
              + number(scale)
              + ", and "
              + loss
              + " multiplies what comes out by "
              + number(again)
              + ": by "
              + number(scale * again)
              + " together.",
          "So sharp a softmax is saturated, and sends next to no gradient. There are two conventions:"
              + " the loss scales (the released code of LDAM, Cao et al. 2019), or the head does"
              + " (that of RIDE). Tell the loss that logits are scaled already (ldam:"
              + " logitsAlreadyScaled: true), or give the head the scale 1.");
    }
    double bound = scale * again;
    OptionalDouble spread = spread(stage.loss().logitShift());
    if (spread.isPresent() && spread.getAsDouble() > bound) {
      add(
          ConflictKind.LOG_PRIOR_ON_UNSCALED_COSINES,
          Standing.WARNING,
          loss
              + " shifts logits by up to "
              + number(spread.getAsDouble())
              + " nats more for one class than for another, but those of "
              + head
              + " are cosines within ±"
              + number(bound)
              + ".",
          "The shift dwarfs what the features say. Multiply cosines by a scale before the log-prior is"
              + " added (BalancedMetaSoftmax-Classification, issue 10): heads of the field use 16 to"
              + " 30.");
    }
  }

  private static OptionalDouble spread(Optional<ClassVector> shift) {
    return shift.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Arrays.stream(shift.get().toArray()).max().orElseThrow()
                - Arrays.stream(shift.get().toArray()).min().orElseThrow());
  }

  private static String percent(double share) {
    return Math.round(100 * share) + "%";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  private void add(ConflictKind kind, Standing standing, String what, String why) {
    found.add(new Conflict(kind.id(), arm, planned.stage().name(), standing, what, why));
  }
}
