package org.equipoise.samplers;

import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.testkit.golden.GoldenCase;
import org.equipoise.testkit.golden.GoldenTolerance;

/** Compares a sampler's class probabilities with a golden case. */
final class SamplerGolden {

  private SamplerGolden() {}

  static void check(GoldenCase golden, SamplerSpec spec) {
    if (golden.error().isPresent()) {
      golden.assertRefused(
          EmptyClassException.class, spec.typeName() + ": class ", () -> bind(golden, spec));
      return;
    }
    GoldenTolerance.doublePrecision()
        .assertClose(
            golden.id(),
            bind(golden, spec).classProbabilities(0),
            golden.expected().object("outputs").vector("classProbabilities"));
  }

  private static EpochSampler bind(GoldenCase golden, SamplerSpec spec) {
    return spec.bind(Splits.context(Splits.ofCounts(golden.inputs().ints("counts")), 32, 1));
  }
}
