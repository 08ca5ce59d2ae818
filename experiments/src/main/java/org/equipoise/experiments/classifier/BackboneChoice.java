package org.equipoise.experiments.classifier;

/** The networks that a classifier of one's own can have. */
public enum BackboneChoice {
  /** A few convolutions, from scratch: quick on a processor. */
  SMALL_CNN("small-cnn"),
  /** A residual network from scratch: for thousands of images, and time. */
  RESNET("resnet"),
  /** MobileNetV2 with given weights, frozen, and a new head: minutes. */
  MOBILENET_V2("mobilenet-v2");

  private final String id;

  BackboneChoice(String id) {
    this.id = id;
  }

  @Override
  public String toString() {
    return id;
  }
}
