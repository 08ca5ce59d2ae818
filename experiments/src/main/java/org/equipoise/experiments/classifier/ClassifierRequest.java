package org.equipoise.experiments.classifier;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a classifier is to be trained on, and how. What is left open is chosen by the data.
 *
 * @param data the folder of images: a folder a class, with or without train, val and test above
 * @param out the folder of the finished model
 * @param backbone the network; by default MobileNetV2 if there are weights, else the small CNN
 * @param weights a safetensors file for MobileNetV2, with torchvision's names or numbered
 * @param epochs passes over the training images, &gt;= 1
 * @param size rows and columns of an input, in 8..512
 * @param seed the seed of all randomness, the choice of what is held out included
 * @param threads engine threads a run, &gt;= 1
 */
public record ClassifierRequest(
    Path data,
    Path out,
    Optional<BackboneChoice> backbone,
    Optional<Path> weights,
    OptionalInt epochs,
    OptionalInt size,
    long seed,
    int threads) {

  private static final int SMALLEST = 8;
  private static final int LARGEST = 512;

  /** Checks the ranges, and that weights and network belong together. */
  public ClassifierRequest {
    if (epochs.isPresent() && epochs.getAsInt() < 1) {
      throw new IllegalArgumentException("epochs: expected >= 1, is " + epochs.getAsInt());
    }
    if (size.isPresent() && (size.getAsInt() < SMALLEST || size.getAsInt() > LARGEST)) {
      throw new IllegalArgumentException(
          "size: expected " + SMALLEST + ".." + LARGEST + ", is " + size.getAsInt());
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected >= 1, is " + threads);
    }
    Path images = data.toAbsolutePath().normalize();
    if (out.toAbsolutePath().normalize().startsWith(images)) {
      throw new IllegalArgumentException(
          "out: expected a folder outside of " + data + ", whose folders are classes, is " + out);
    }
    boolean mobile = backbone.isPresent() && backbone.get() == BackboneChoice.MOBILENET_V2;
    if (mobile && weights.isEmpty()) {
      throw new IllegalArgumentException(
          "weights: missing; mobilenet-v2 is taken with the weights of a safetensors file, such as"
              + " torchvision's (docs/weights.md)");
    }
    if (backbone.isPresent() && !mobile && weights.isPresent()) {
      throw new IllegalArgumentException(
          "weights: expected none, for " + backbone.get() + " is trained from scratch");
    }
  }

  /**
   * Returns the network.
   *
   * @return the one that was asked for, or else the one that the weights call for
   */
  public BackboneChoice network() {
    return backbone.orElse(
        weights.isPresent() ? BackboneChoice.MOBILENET_V2 : BackboneChoice.SMALL_CNN);
  }

  /**
   * Returns where study and checkpoints are kept, so that the same request goes on where it was.
   *
   * @return a folder beside the finished model
   */
  public Path workFolder() {
    Path absolute = out.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + ".training");
  }
}
