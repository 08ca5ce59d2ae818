package org.equipoise.experiments.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.TorchNames;

/**
 * The residual network for CIFAR: 64 features, and a map of a quarter of the image's side.
 *
 * <p>A 3x3 convolution to 16 channels, then three groups of n = (depth - 2) / 6 blocks with 16, 32
 * and 64 channels; the first block of the second and of the third group halves the side. A block is
 * conv - BN - ReLU - conv - BN, plus its input, then ReLU. Where channels and size change, the
 * shortcut takes every second pixel and pads with channels of zeros, half of them on either side:
 * it has no parameters. With a linear head of 10 classes, depths 20, 32 and 56 have 269,722,
 * 464,154 and 853,018 parameters.
 *
 * @param depth the number of layers with weights, the head's included: 6n + 2 with n &gt;= 1
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, Deep residual learning for image
 *     recognition, section 4.2</a>
 */
@Described(
    summary = "The residual network of the CIFAR experiments, with shortcuts without parameters.",
    formula =
        "conv 3x3 to 16, BN, ReLU; n blocks each of 16, 32, 64 channels, y = ReLU(BN(conv(ReLU("
            + "BN(conv(x))))) + s(x)); global average; depth = 6n + 2",
    source = "He et al. 2016, section 4.2, shortcuts of option A; weights as He et al. 2015",
    differs =
        "The paper does not say where the channels of zeros go; as in the long-tailed recipes since"
            + " Cao et al. 2019, half of them come before the given channels and half after.")
public record CifarResNet(int depth) implements BackboneSpec {

  /** Depth 32, which the long-tailed CIFAR recipes use. */
  public CifarResNet() {
    this(32);
  }

  /** Checks the depth. */
  public CifarResNet {
    if (depth < 8 || depth % 6 != 2) {
      throw new IllegalArgumentException(
          "depth: expected 6n + 2 with n >= 1, such as 20, 32, 44, 56 or 110, is " + depth);
    }
  }

  @Override
  public String typeName() {
    return "cifar-resnet";
  }

  @Override
  public Backbone build(Shape input) {
    if (input.dimension() != 3) {
      throw new IllegalArgumentException(
          "cifar-resnet: takes images (channels, height, width), but the input is " + input);
    }
    List<ResidualBlock> blocks = new ArrayList<>();
    int channels = 16;
    for (int width : new int[] {16, 32, 64}) {
      for (int i = 0; i < (depth - 2) / 6; i++) {
        blocks.add(block(channels, width));
        channels = width;
      }
    }
    Shape map = new Shape(channels, quarter(input.get(1)), quarter(input.get(2)));
    return new Backbone(
        new ResidualStack(new NormalisedConvolution(16, 3, 1), false, blocks),
        new FeatureShape(channels, Optional.of(map)));
  }

  /** As in the code of Cao et al. 2019: {@code conv1, bn1, layer1.0.conv1 ... linear}. */
  @Override
  public Optional<TorchNames> torchNames() {
    int n = (depth - 2) / 6;
    return Optional.of(
        new TorchNames(
            ResidualNames.of(List.of(n, n, n), 2, List.of(false, false, false)), "linear"));
  }

  private static ResidualBlock block(int from, int to) {
    boolean same = from == to;
    Optional<Block> shortcut =
        same ? Optional.empty() : Optional.of(new PaddedSubsample((to - from) / 2));
    return new ResidualBlock(
        List.of(
            new NormalisedConvolution(to, 3, same ? 1 : 2), new NormalisedConvolution(to, 3, 1)),
        shortcut);
  }

  private static long quarter(long side) {
    return (side + 3) / 4;
  }
}
