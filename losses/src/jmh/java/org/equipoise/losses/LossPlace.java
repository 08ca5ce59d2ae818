package org.equipoise.losses;

/** What goes forward and backward with a loss. */
public enum LossPlace {
  /** Nothing: the loss is given logits. */
  ALONE("alone"),
  /** A linear layer that is trained on features that stay, as in a second stage. */
  SECOND_STAGE("linear layer of 512 inputs on fixed features"),
  /** A linear layer that hands a gradient down to the layers below. */
  LAST_LAYER("the same as last layer of a network");

  private final String words;

  LossPlace(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
