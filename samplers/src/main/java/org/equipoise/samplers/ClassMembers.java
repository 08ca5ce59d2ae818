package org.equipoise.samplers;

import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.equipoise.api.sampling.LabelIndex;

/** How the examples of a class that was drawn are chosen. */
enum ClassMembers {
  /** Any of them, whatever was drawn before. */
  INDEPENDENT {
    @Override
    IntUnaryOperator draws(LabelIndex index, RandomGenerator random) {
      return classId -> index.example(classId, random.nextInt(index.count(classId)));
    }
  },
  /** Each of them once in random order, and again in a new order. */
  CYCLING {
    @Override
    IntUnaryOperator draws(LabelIndex index, RandomGenerator random) {
      Permutations[] ranks = new Permutations[index.classes()];
      return classId -> {
        if (ranks[classId] == null) {
          ranks[classId] = Permutations.below(index.count(classId), random);
        }
        return index.example(classId, ranks[classId].next());
      };
    }
  };

  /** Starts an epoch: from a class to one of its examples, in constant time. */
  abstract IntUnaryOperator draws(LabelIndex index, RandomGenerator random);
}
