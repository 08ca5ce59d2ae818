package org.equipoise.losses;

import java.util.Optional;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;

/**
 * What a loss for detectors counts: images or objects.
 *
 * <p>Where every image has one label, both are the same.
 */
public enum CountKind {

  /** The images that contain a class, out of all images; a class may be in every one. */
  IMAGE {
    @Override
    ClassCounts counts(TrainStatistics train) {
      return train.images().orElse(train.instances());
    }

    @Override
    long total(TrainStatistics train) {
      return train.examples();
    }
  },

  /** The labelled objects of a class, out of all labelled objects. */
  INSTANCE {
    @Override
    ClassCounts counts(TrainStatistics train) {
      return train.instances();
    }

    @Override
    long total(TrainStatistics train) {
      return train.instances().total();
    }
  };

  abstract ClassCounts counts(TrainStatistics train);

  abstract long total(TrainStatistics train);

  /** Returns the share of what is counted that belongs to a class. */
  double rate(TrainStatistics train, int classId) {
    return (double) counts(train).count(classId) / total(train);
  }

  /** Returns statistics in which there are no counts but these, with what the sampler draws. */
  TrainStatistics only(TrainStatistics train) {
    return new TrainStatistics(counts(train), Optional.empty(), total(train), train.sampled());
  }
}
