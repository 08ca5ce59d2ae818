package org.equipoise.experiments.training;

/**
 * How far a stage has come: what a checkpoint stores besides arrays.
 *
 * @param signature which stage it is, see {@link TaskSignature}
 * @param epoch whole epochs done
 * @param stepInEpoch steps done in the epoch begun
 * @param step steps done in all
 * @param lossSum the sum of the losses of the epoch begun, each step's times its examples
 * @param examples the examples of the epoch begun
 * @param epochSeconds wall time of the epoch begun
 * @param seconds wall time of the whole epochs
 * @param lastEpochLoss the mean loss of the last whole epoch; 0 before there is one
 * @param metricsBytes the length of {@code metrics.jsonl}
 */
record Progress(
    String signature,
    int epoch,
    int stepInEpoch,
    long step,
    double lossSum,
    long examples,
    double epochSeconds,
    double seconds,
    double lastEpochLoss,
    long metricsBytes) {

  static Progress start(String signature) {
    return new Progress(signature, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  Progress afterStep(double loss, int batch, double stepSeconds) {
    return new Progress(
        signature,
        epoch,
        stepInEpoch + 1,
        step + 1,
        lossSum + loss * batch,
        examples + batch,
        epochSeconds + stepSeconds,
        seconds,
        lastEpochLoss,
        metricsBytes);
  }

  Progress afterEpoch(long newMetricsBytes) {
    return new Progress(
        signature,
        epoch + 1,
        0,
        step,
        0,
        0,
        0,
        seconds + epochSeconds,
        lossSum / examples,
        newMetricsBytes);
  }

  double imagesPerSecond() {
    return examples / epochSeconds;
  }
}
