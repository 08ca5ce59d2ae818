package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BatchLoss;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.StatefulLoss;
import org.equipoise.api.loss.Targets;

/** Calls losses of all kinds alike. */
final class Losses {

  private Losses() {}

  /** A test on a bound loss and a batch. */
  @FunctionalInterface
  interface BatchTest {
    void run(BoundLoss loss, LossInput in, RandomGenerator random);
  }

  /** Returns one value an example, or a scalar, as the kind of the loss has it. */
  static NDArray evaluate(BoundLoss loss, LossInput in) {
    if (loss instanceof PerExampleLoss perExample) {
      return perExample.perExample(in);
    } else if (loss instanceof BatchLoss batch) {
      return batch.evaluate(in);
    }
    return evaluateFirst((StatefulLoss<?>) loss, in);
  }

  private static <S> NDArray evaluateFirst(StatefulLoss<S> loss, LossInput in) {
    return loss.evaluate(loss.initial(), in);
  }

  static <S> void checkState(StatefulLoss<S> loss, LossInput in) {
    S state = loss.advance(loss.initial(), in);
    double[] written = loss.encode(state);
    double value = Numbers.of(loss.evaluate(state, in))[0];
    S next = loss.advance(state, in);

    assertThat(loss.encode(state)).as("state after evaluate and advance").isEqualTo(written);
    S read = loss.decode(written.clone());
    assertThat(loss.encode(read)).as("state read back").isEqualTo(written);
    assertThat(Numbers.of(loss.evaluate(read, in))[0]).as("value from it").isEqualTo(value);
    assertThat(loss.encode(loss.advance(read, in)))
        .as("next state from it")
        .isEqualTo(loss.encode(next));
  }

  /** Returns what is said in numbers, without the digits that rounding takes. */
  static Map<String, Float> numbers(Explanation explanation) {
    Map<String, Float> numbers = new TreeMap<>();
    explanation.numbers().forEach((name, value) -> numbers.put(name, value.floatValue()));
    return numbers;
  }

  static void allFinite(double[] values) {
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("element %d", i).isFinite();
    }
  }

  /** Reads all arrays of an input. */
  static List<double[]> contents(LossInput in) {
    List<double[]> contents = new ArrayList<>();
    contents.add(Numbers.of(in.logits()));
    in.objectness().ifPresent(array -> contents.add(Numbers.of(array)));
    in.features().ifPresent(array -> contents.add(Numbers.of(array)));
    in.teacher()
        .ifPresent(
            teacher -> {
              contents.add(Numbers.of(teacher.features()));
              contents.add(Numbers.of(teacher.logits()));
            });
    addContents(in.targets(), contents);
    return contents;
  }

  private static void addContents(Targets targets, List<double[]> contents) {
    if (targets instanceof Targets.ClassIds hard) {
      contents.add(Numbers.of(hard.ids()));
    } else if (targets instanceof Targets.MultiHot multi) {
      contents.add(Numbers.of(multi.values()));
    } else if (targets instanceof Targets.Soft soft) {
      contents.add(Numbers.of(soft.probabilities()));
    } else if (targets instanceof Targets.Regions regions) {
      contents.add(Numbers.of(regions.ids()));
    } else if (targets instanceof Targets.Mixed mixed) {
      addContents(mixed.a(), contents);
      addContents(mixed.b(), contents);
    }
  }
}
