package org.equipoise.experiments.models;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.Described;
import org.equipoise.api.model.Backbone;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.TorchNames;

/**
 * MobileNetV2: 1,280 features (more if wider), and a map of a 32nd of the image's side.
 *
 * <p>A 3x3 convolution with stride 2, 17 inverted residuals, and a 1x1 convolution; ReLU6 behind
 * all but the last convolution of a block. With a linear head of 1,000 classes and width 1 it has
 * 3,504,872 parameters, as in torchvision.
 *
 * @param width what the channels are multiplied with, &gt; 0, rounded to eights; default 1
 * @param padding where zeros are added if a convolution halves the side; default both sides
 * @param norm batch normalisation, or a bias into which it was folded; default batch
 * @see <a href="https://arxiv.org/abs/1801.04381">Sandler et al. 2018, MobileNetV2, table 2</a>
 */
@Described(
    summary = "MobileNetV2, a small network for large images.",
    formula =
        "conv 3x3/2 to 32; 17 blocks of 1x1 (times 6), depthwise 3x3 and 1x1 to 16, 24, 32, 64, 96,"
            + " 160, 320 channels, plus x where shapes agree; conv 1x1 to 1,280; global average",
    source = "Sandler et al. 2018, table 2; weights as He et al. 2015",
    differs =
        "Weights are drawn by fan-in, torchvision's by fan-out; there is no dropout before the"
            + " head.")
public record MobileNetV2(double width, Padding padding, Norm norm) implements BackboneSpec {

  /** The times by which a block widens, its channels, how often it is there, its first stride. */
  private static final int[][] BLOCKS = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private static final int FIRST = 32;
  private static final int LAST = 1280;

  /** Where zeros are added if a convolution halves the side. */
  public enum Padding {
    /** One row and column on every side, as PyTorch's networks have it. */
    BOTH_SIDES,
    /** What is needed, an odd one after the pixels: TensorFlow's {@code SAME}. */
    BOTTOM_RIGHT
  }

  /** What is behind a convolution. */
  public enum Norm {
    /** Batch normalisation. */
    BATCH,
    /** A bias, into which the normalisation of a trained network was folded. */
    FOLDED
  }

  /** Width 1, padded on both sides, with batch normalisation. */
  public MobileNetV2() {
    this(1, Padding.BOTH_SIDES, Norm.BATCH);
  }

  /** Checks the width. */
  public MobileNetV2 {
    if (!(width > 0 && Double.isFinite(width))) {
      throw new IllegalArgumentException("width: expected > 0, is " + width);
    }
  }

  @Override
  public String typeName() {
    return "mobilenet-v2";
  }

  @Override
  public Backbone build(Shape input) {
    if (input.dimension() != 3) {
      throw new IllegalArgumentException(
          "mobilenet-v2: takes images (channels, height, width), but the input is " + input);
    }
    List<InvertedResidual> blocks = new ArrayList<>();
    int channels = inEights(FIRST * width);
    ConvolutionUnit stem = new ConvolutionUnit(channels, 3, 2, 1, this);
    for (int[] row : BLOCKS) {
      int to = inEights(row[1] * width);
      for (int i = 0; i < row[2]; i++) {
        int stride = i == 0 ? row[3] : 1;
        blocks.add(
            new InvertedResidual(
                units(channels, row[0], to, stride), stride == 1 && channels == to));
        channels = to;
      }
    }
    int features = inEights(LAST * Math.max(1, width));
    Shape map = new Shape(features, small(input.get(1)), small(input.get(2)));
    return new Backbone(
        new MobileStack(stem, blocks, new ConvolutionUnit(features, 1, 1, 1, this)),
        new FeatureShape(features, Optional.of(map)));
  }

  private List<ConvolutionUnit> units(int from, int times, int to, int stride) {
    List<ConvolutionUnit> units = new ArrayList<>();
    int inner = from * times;
    if (times > 1) {
      units.add(new ConvolutionUnit(inner, 1, 1, 1, this));
    }
    units.add(new ConvolutionUnit(inner, 3, stride, inner, this));
    units.add(new ConvolutionUnit(to, 1, 1, 1, this));
    return units;
  }

  // To the nearest multiple of 8, but not down by more than a tenth.
  private static int inEights(double channels) {
    int rounded = Math.max(8, (int) (channels + 4) / 8 * 8);
    return rounded < 0.9 * channels ? rounded + 8 : rounded;
  }

  // Halved five times, each time rounded up.
  private static long small(long side) {
    return (side + 31) / 32;
  }

  /**
   * As in torchvision: {@code features.0.0, features.0.1, features.1.conv.0.0 ... classifier.1}; if
   * folded, the number of the convolution: {@code 00, 01 ... 52}.
   */
  @Override
  public Optional<TorchNames> torchNames() {
    return Optional.of(norm == Norm.FOLDED ? numbered() : torchvision());
  }

  private static TorchNames numbered() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String unit : units()) {
      String number = String.format(Locale.ROOT, "%02d", names.size() / 2);
      names.put(unit + "01conv_weight", number + ".weight");
      names.put(unit + "01conv_bias", number + ".bias");
    }
    return new TorchNames(names, String.format(Locale.ROOT, "%02d", names.size() / 2));
  }

  private static TorchNames torchvision() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String unit : units()) {
      // "03block_02unit_" is the second unit of features.2.
      int feature = Integer.parseInt(unit.substring(0, 2)) - 1;
      int inBlock = unit.contains("unit") ? unit.charAt(unit.indexOf("unit") - 1) - '1' : -1;
      int projection = feature == 1 ? 1 : 2;
      String layer = "features." + feature + ".";
      String convolution =
          inBlock < 0
              ? layer + "0"
              : layer + "conv." + inBlock + (inBlock == projection ? "" : ".0");
      String norm =
          inBlock < 0
              ? layer + "1"
              : inBlock == projection
                  ? layer + "conv." + (inBlock + 1)
                  : layer + "conv." + inBlock + ".1";
      names.put(unit + "01conv_weight", convolution + ".weight");
      ResidualNames.putNorm(names, unit + "02norm_", norm);
    }
    return new TorchNames(names, "classifier.1");
  }

  /** Returns the paths of all convolutions, in order. */
  private static List<String> units() {
    List<String> units = new ArrayList<>();
    units.add("01stem_");
    int child = 2;
    for (int[] row : BLOCKS) {
      for (int i = 0; i < row[2]; i++) {
        String block = ResidualNames.numbered(child++, "block");
        for (int unit = 1; unit <= (row[0] > 1 ? 3 : 2); unit++) {
          units.add(block + ResidualNames.numbered(unit, "unit"));
        }
      }
    }
    units.add(ResidualNames.numbered(child, "last"));
    return units;
  }
}
