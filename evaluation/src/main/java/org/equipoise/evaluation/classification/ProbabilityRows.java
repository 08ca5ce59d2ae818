package org.equipoise.evaluation.classification;

/** Class probabilities of N examples, and their labels; rows are made when they are asked for. */
interface ProbabilityRows {

  int size();

  int classes();

  int label(int example);

  /** Returns the most probable class; of equally probable ones the lowest. */
  int predicted(int example);

  /** Writes an example's probabilities, in [0, 1] and of sum 1, into an array of length K. */
  void read(int example, double[] row);
}
