package org.equipoise.samplers;

import java.util.Arrays;
import org.equipoise.api.sampling.LabelIndex;

/**
 * A batch drawn by Gumbel noise, with as much of the softmax as its straight-through gradient
 * needs.
 *
 * <p>Of the soft values of all N examples, which sum to 1 in each slot, it keeps that of the drawn
 * one and the sum of each class: B (K + 1) numbers, never B N.
 */
final class SoftDraw {

  private final int[] examples;
  private final int[] classes;
  private final double[] softAtDrawn;
  // In units of the drawn example's own, so that nothing overflows: times softAtDrawn they sum to
  // 1.
  private final double[] classMasses;
  private final double[] rates;
  private final double temperature;

  private SoftDraw(int size, double[] rates, double temperature, double[] room) {
    this.examples = new int[size];
    this.classes = new int[size];
    this.softAtDrawn = new double[size];
    this.classMasses = room;
    this.rates = rates.clone();
    this.temperature = temperature;
  }

  /**
   * Draws a batch.
   *
   * @param room at least B K numbers, which the draw keeps and is good until they are written
   *     again: a batch of thousands of classes takes megabytes
   * @param index the train split, one label an example
   * @param rates the rate of each class, in (0, 1)
   * @param temperature of the softmax, &gt; 0
   * @param level what noise is drawn for
   * @param size the number of draws, with replacement
   * @param noise slot by slot; within one, the examples of class 0 in ascending order, then those
   *     of class 1, ..., or the classes and a uniform number
   */
  static SoftDraw of(
      double[] room,
      LabelIndex index,
      double[] rates,
      double temperature,
      NoiseLevel level,
      int size,
      Noise noise) {
    SoftDraw draw = new SoftDraw(size, rates, temperature, room);
    NoiseLevel.Slot slot = new NoiseLevel.Slot(index, draw.rates, temperature);
    for (int b = 0; b < size; b++) {
      level.fill(slot, noise);
      draw.take(b, slot);
      draw.examples[b] = index.example(draw.classes[b], level.rank(slot, draw.classes[b], noise));
    }
    return draw;
  }

  private void take(int b, NoiseLevel.Slot slot) {
    double[] tops = slot.tops;
    double[] sums = slot.sums;
    int drawn = 0;
    double top = tops[0];
    for (int c = 1; c < tops.length; c++) {
      if (tops[c] > top) {
        top = tops[c];
        drawn = c;
      }
    }
    double unit = 1 / top;
    double total = 0;
    int row = b * tops.length;
    for (int c = 0; c < tops.length; c++) {
      double mass = slot.sharpened(tops[c] * unit) * sums[c];
      classMasses[row + c] = mass;
      total += mass;
    }
    classes[b] = drawn;
    softAtDrawn[b] = 1 / total;
  }

  /** Returns the drawn examples, in a new array. */
  int[] examples() {
    return examples.clone();
  }

  /** Says whether these are the drawn examples, in their order. */
  boolean drew(int[] others) {
    return Arrays.equals(examples, others);
  }

  /** Returns the class of each drawn example, in a new array. */
  int[] classes() {
    return classes.clone();
  }

  /** Returns the soft value of each drawn example, in a new array. */
  double[] softAtDrawn() {
    return softAtDrawn.clone();
  }

  /** Returns the sum of the soft values of each class, (B, K) row by row, in a new array. */
  double[] classSoft() {
    double[] classSoft = Arrays.copyOf(classMasses, examples.length * rates.length);
    Arrays.setAll(classSoft, at -> classSoft[at] * softAtDrawn[at / rates.length]);
    return classSoft;
  }

  /**
   * Goes from the weight of each drawn example, which is 1 in value and moves as its soft value, to
   * the logarithms of the class rates.
   *
   * @param byExampleWeight some gradient by the weight of each drawn example, length B
   * @return the gradient by log rate of each class, length K
   */
  double[] gradientByLogRates(double[] byExampleWeight) {
    double[] gradient = new double[rates.length];
    for (int b = 0; b < examples.length; b++) {
      double moved = byExampleWeight[b] * softAtDrawn[b] / temperature;
      double movedByMass = moved * softAtDrawn[b];
      int row = b * rates.length;
      for (int c = 0; c < rates.length; c++) {
        gradient[c] -= movedByMass * classMasses[row + c];
      }
      gradient[classes[b]] += moved;
    }
    return gradient;
  }
}
