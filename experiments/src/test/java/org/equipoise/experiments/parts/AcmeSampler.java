package org.equipoise.experiments.parts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.losses.CrossEntropy;
import org.equipoise.samplers.InstanceBalanced;

/**
 * A third party's part with every form of key.
 *
 * @param inner a part in a part
 * @param losses a list of parts
 * @param fallback perhaps a part
 * @param window a group of keys
 * @param mode a choice of a closed set
 * @param shares a map
 */
public record AcmeSampler(
    SamplerSpec inner,
    List<LossSpec> losses,
    Optional<SamplerSpec> fallback,
    Window window,
    Mode mode,
    Map<String, Double> shares)
    implements SamplerSpec {

  /** Defaults. */
  public AcmeSampler() {
    this(
        new InstanceBalanced(),
        List.of(new CrossEntropy()),
        Optional.empty(),
        new Window(1, 0.5f, true),
        new Mode.Fixed(3),
        Map.of());
  }

  @Override
  public String typeName() {
    return "acme/foo";
  }

  @Override
  public EpochSampler bind(SamplingContext context) {
    return inner.bind(context);
  }

  /**
   * A getter that is no component.
   *
   * @return true
   */
  public boolean isSpecial() {
    return true;
  }

  /**
   * A group of keys.
   *
   * @param from a long, &gt;= 0
   * @param share a float, &gt; 0
   * @param open a boolean
   */
  public record Window(long from, float share, boolean open) {

    /** Checks the ranges, in both of the forms in which messages are written. */
    public Window {
      if (from < 0) {
        throw new IllegalArgumentException("from: must be >= 0, is " + from);
      }
      if (!(share > 0)) {
        throw new IllegalArgumentException("share is " + share + "; expected > 0");
      }
      if (open && from > 100) {
        throw new IllegalArgumentException("an open window starts by 100, not at " + from);
      }
    }
  }

  /** A closed set. */
  public sealed interface Mode {

    /**
     * One choice.
     *
     * @param size a number
     */
    record Fixed(int size) implements Mode {}

    /** Another. */
    record FreeRunning() implements Mode {}
  }
}
