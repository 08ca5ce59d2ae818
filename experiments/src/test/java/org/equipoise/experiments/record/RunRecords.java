package org.equipoise.experiments.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.Explanation;
import org.equipoise.api.metric.MetricResult;

/** Records for tests, of a data set of three classes. */
public final class RunRecords {

  private RunRecords() {}

  public static final Environment ENVIRONMENT =
      new Environment("0.1", "17.0.1+1", "Some Vendor", "Linux 6", "amd64", "A CPU", "PyTorch", 1);

  public static RunRecord of(String arm, long seed, SortedMap<String, MetricResult> metrics) {
    return new RunRecord(
        runId(arm, seed),
        "trial-of-balance",
        arm,
        seed,
        List.of("boot", "bag", "coat"),
        List.of(500L, 50L, 5L),
        List.of(500L, 50L, 5L),
        List.of(
            new RunRecord.StageRecord(
                "train", "0a", false, 20, "ab12", OptionalDouble.of(0.25), Optional.empty(), 3.5)),
        "cd34",
        metrics,
        Optional.empty(),
        List.of(
            new LossEffect(
                "train", "cross-entropy", List.of(effect(0, 0.5), effect(1, 1.25), effect(2, 20)))),
        new Manifest(
            new TreeMap<>(java.util.Map.of("train", "11")),
            new TreeMap<>(java.util.Map.of("loss", "22")),
            ENVIRONMENT));
  }

  private static LossEffect.ClassEffect effect(int classId, double weight) {
    return new LossEffect.ClassEffect(
        Explanation.of(classId, "Class " + classId + " counts | in full.").with("shift", 0.1),
        OptionalDouble.of(weight));
  }

  public static RunRecord withoutLossEffects(RunRecord record) {
    return copy(record, record.stages(), record.pretrained(), List.of(), record.manifest());
  }

  public static RunRecord pretrained(RunRecord record, String label) {
    return copy(
        record, record.stages(), Optional.of(label), record.lossEffects(), record.manifest());
  }

  public static RunRecord withData(RunRecord record, String file, String sha256) {
    SortedMap<String, String> data = new TreeMap<>(record.manifest().data());
    data.put(file, sha256);
    return withManifest(
        record, new Manifest(data, record.manifest().code(), record.manifest().environment()));
  }

  public static RunRecord withManifest(RunRecord record, Manifest manifest) {
    return copy(record, record.stages(), record.pretrained(), record.lossEffects(), manifest);
  }

  public static RunRecord withStages(RunRecord record, List<RunRecord.StageRecord> stages) {
    return copy(record, stages, record.pretrained(), record.lossEffects(), record.manifest());
  }

  private static RunRecord copy(
      RunRecord record,
      List<RunRecord.StageRecord> stages,
      Optional<String> pretrained,
      List<LossEffect> lossEffects,
      Manifest manifest) {
    return new RunRecord(
        record.runId(),
        record.experiment(),
        record.arm(),
        record.seed(),
        record.classNames(),
        record.trainCounts(),
        record.publishedCounts(),
        stages,
        record.logitsSha256(),
        record.metrics(),
        pretrained,
        lossEffects,
        manifest);
  }

  public static String runId(String arm, long seed) {
    return String.format("%08x%08x", arm.hashCode(), seed);
  }

  public static RunRecord withEveryKindOfFigure() {
    SortedMap<String, MetricResult> metrics = new TreeMap<>();
    metrics.put(
        "confusion",
        new MetricResult(
            new TreeMap<>(java.util.Map.of("b", 0.1, "a", 1.0 / 3)),
            new TreeMap<>(
                java.util.Map.of(
                    "recall",
                    List.of(
                        OptionalDouble.of(1.0), OptionalDouble.empty(), OptionalDouble.of(0.0)))),
            new TreeMap<>(java.util.Map.of("counts", List.of(List.of(1L, 2L), List.of(3L, 4L))))));
    return of("softmax", 1, metrics);
  }
}
