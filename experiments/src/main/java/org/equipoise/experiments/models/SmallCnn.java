package org.equipoise.experiments.models;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;

/**
 * A few 3x3 convolutions, each with batch normalisation and ReLU, halved in size in between, then
 * averaged over space.
 *
 * @param widths the number of channels of each convolution, each &gt;= 1; at least one
 */
@Described(
    summary = "A small convolutional network for small images, fast enough for one core.",
    formula =
        "(conv 3x3 - BN - ReLU) for each width, 2x2 max pooling between them, global average at the"
            + " end",
    source = "Equipoise; initial weights as He et al. 2015, equation 10",
    differs = "Made for quick comparisons: no published figure was measured with it.")
public record SmallCnn(List<Integer> widths) implements BackboneSpec {

  /** Three convolutions of 16, 32 and 64 channels. */
  public SmallCnn() {
    this(List.of(16, 32, 64));
  }

  /** Copies the list and checks it. */
  public SmallCnn {
    widths = Layers.checked("widths", widths);
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("widths: expected at least one, is " + widths);
    }
  }

  @Override
  public Backbone build(Shape input) {
    int halvings = widths.size() - 1;
    if (input.dimension() != 3 || input.get(1) >> halvings < 1 || input.get(2) >> halvings < 1) {
      throw new IllegalArgumentException(
          "small-cnn: takes images (channels, height, width) of at least "
              + (1 << halvings)
              + " pixels a side for "
              + widths.size()
              + " widths, but the input is "
              + input);
    }
    long width = widths.get(widths.size() - 1);
    Shape map = new Shape(width, input.get(1) >> halvings, input.get(2) >> halvings);
    return new Backbone(new ConvolutionStack(widths), new FeatureShape(width, Optional.of(map)));
  }
}
