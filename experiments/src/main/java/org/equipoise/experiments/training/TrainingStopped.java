package org.equipoise.experiments.training;

import java.io.Serial;

/** Training was asked to stop, and did so at a checkpoint from which it can go on. */
public final class TrainingStopped extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  TrainingStopped(String stage, long step, long steps) {
    super(
        "stage \""
            + stage
            + "\": stopped after step "
            + step
            + " of "
            + steps
            + "; run the same again to go on from there");
  }

  TrainingStopped(String stage, int view, int done, int examples) {
    super(
        "stage \""
            + stage
            + "\": stopped with "
            + done
            + " of "
            + examples
            + " features of view "
            + view
            + "; run the same again to go on from there");
  }
}
