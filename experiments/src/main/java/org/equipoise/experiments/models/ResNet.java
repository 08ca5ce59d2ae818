package org.equipoise.experiments.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.Described;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.TorchNames;

/**
 * The residual network for large images, ResNeXt included: 512 features up to depth 34, 2,048 from
 * depth 50 on, and a map of a 32nd of the image's side.
 *
 * <p>A 7x7 convolution to 64 channels with stride 2, 3x3 max pooling with stride 2, then four
 * groups of blocks; the first block of the second to fourth group halves the side. Up to depth 34 a
 * block is two 3x3 convolutions, from depth 50 on a bottleneck of 1x1, 3x3 and 1x1. Where channels
 * or size change, the shortcut is a normalised 1x1 convolution. {@code (50, 32, 4)} is ResNeXt-50
 * 32x4d. With a linear head of 1,000 classes, depths 18, 50 and 152 have 11,689,512, 25,557,032 and
 * 60,192,808 parameters, and ResNeXt-50 32x4d has 25,028,904, as in torchvision.
 *
 * @param depth the number of layers with weights, the head's included: 10, 18, 34, 50, 101 or 152
 * @param groups into how many groups the channels of a bottleneck's 3x3 convolution fall, &gt;= 1;
 *     1 below depth 50
 * @param groupWidth channels of each such group in the first group of blocks, &gt;= 1; they double
 *     from one to the next; 64 below depth 50
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, Deep residual learning for image
 *     recognition, table 1</a>
 * @see <a href="https://arxiv.org/abs/1611.05431">Xie et al. 2017, Aggregated residual
 *     transformations for deep neural networks, table 1</a>
 */
@Described(
    summary = "The residual network for large images; with groups it is a ResNeXt.",
    formula =
        "conv 7x7/2 to 64, BN, ReLU, max pool 3x3/2; four groups of blocks y = ReLU(F(x) + s(x)) of"
            + " 64, 128, 256, 512 channels, times 4 from depth 50 on; global average",
    source =
        "He et al. 2016, table 1, option B; Xie et al. 2017, table 1; weights as He et al. 2015",
    differs =
        "A bottleneck halves the side in its 3x3 convolution, as torchvision does, not in the first"
            + " 1x1 one; weights are drawn by fan-in, torchvision's by fan-out; depth 10 is not in the"
            + " papers: one block a group, as for ImageNet-LT.")
public record ResNet(int depth, int groups, int groupWidth) implements BackboneSpec {

  private static final SortedMap<Integer, List<Integer>> BLOCKS =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  10, List.of(1, 1, 1, 1),
                  18, List.of(2, 2, 2, 2),
                  34, List.of(3, 4, 6, 3),
                  50, List.of(3, 4, 6, 3),
                  101, List.of(3, 4, 23, 3),
                  152, List.of(3, 8, 36, 3))));
  private static final int FIRST_WIDTH = 64;

  /** Depth 50, not grouped. */
  public ResNet() {
    this(50, 1, FIRST_WIDTH);
  }

  /** Checks the depth, and that only bottlenecks are grouped. */
  public ResNet {
    if (!BLOCKS.containsKey(depth)) {
      throw new IllegalArgumentException(
          "depth: expected one of " + BLOCKS.keySet() + ", is " + depth);
    }
    if (groups < 1 || (groups > 1 && depth < 50)) {
      throw new IllegalArgumentException(
          "groups: expected >= 1, and 1 below depth 50, is " + groups + " at depth " + depth);
    }
    if (groupWidth < 1 || (groupWidth != FIRST_WIDTH && depth < 50)) {
      throw new IllegalArgumentException(
          "groupWidth: expected >= 1, and 64 below depth 50, is "
              + groupWidth
              + " at depth "
              + depth);
    }
  }

  @Override
  public String typeName() {
    return "resnet";
  }

  @Override
  public Backbone build(Shape input) {
    if (input.dimension() != 3) {
      throw new IllegalArgumentException(
          "resnet: takes images (channels, height, width), but the input is " + input);
    }
    List<ResidualBlock> blocks = new ArrayList<>();
    int channels = FIRST_WIDTH;
    for (int group = 0; group < 4; group++) {
      for (int i = 0; i < BLOCKS.get(depth).get(group); i++) {
        int stride = group > 0 && i == 0 ? 2 : 1;
        int width = FIRST_WIDTH << group;
        int to = depth < 50 ? width : 4 * width;
        Optional<Block> shortcut =
            stride == 1 && channels == to
                ? Optional.empty()
                : Optional.of(new NormalisedConvolution(to, 1, stride));
        blocks.add(
            new ResidualBlock(
                depth < 50 ? plain(width, stride) : bottleneck(group, to, stride), shortcut));
        channels = to;
      }
    }
    Shape map = new Shape(channels, small(input.get(1)), small(input.get(2)));
    return new Backbone(
        new ResidualStack(new NormalisedConvolution(FIRST_WIDTH, 7, 2), true, blocks),
        new FeatureShape(channels, Optional.of(map)));
  }

  /** As in torchvision: {@code conv1, bn1, layer1.0.conv1, layer1.0.downsample.0 ... fc}. */
  @Override
  public Optional<TorchNames> torchNames() {
    boolean bottleneck = depth >= 50;
    return Optional.of(
        new TorchNames(
            ResidualNames.of(
                BLOCKS.get(depth), bottleneck ? 3 : 2, List.of(bottleneck, true, true, true)),
            "fc"));
  }

  private static List<NormalisedConvolution> plain(int width, int stride) {
    return List.of(
        new NormalisedConvolution(width, 3, stride), new NormalisedConvolution(width, 3, 1));
  }

  private List<NormalisedConvolution> bottleneck(int group, int to, int stride) {
    int inner = groups * (groupWidth << group);
    return List.of(
        new NormalisedConvolution(inner, 1, 1),
        new NormalisedConvolution(inner, 3, stride, groups),
        new NormalisedConvolution(to, 1, 1));
  }

  // Halved five times, each time rounded up.
  private static long small(long side) {
    return (side + 31) / 32;
  }
}
