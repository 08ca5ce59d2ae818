package org.equipoise.experiments.config;

import org.equipoise.api.Named;

/** Which weights of a training run are kept. A closed set. */
public sealed interface Selection extends Named {

  /** Trains on the full train set and keeps the last epoch, as the published recipes do. */
  record Last() implements Selection {}
}
