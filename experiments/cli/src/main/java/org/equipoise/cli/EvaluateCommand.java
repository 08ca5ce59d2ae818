package org.equipoise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.equipoise.evaluation.detection.DetectionEvaluation;
import org.equipoise.evaluation.detection.DetectionLimit;
import org.equipoise.evaluation.detection.DetectionResult;
import org.equipoise.evaluation.detection.DetectionRules;
import org.equipoise.evaluation.detection.Detections;
import org.equipoise.evaluation.detection.GroundTruth;
import org.equipoise.evaluation.detection.IouType;
import org.equipoise.evaluation.detection.io.CategoryTable;
import org.equipoise.evaluation.detection.io.DetectionFile;
import org.equipoise.evaluation.detection.io.DetectionResultJson;
import org.equipoise.evaluation.detection.io.GroundTruthFile;
import org.equipoise.experiments.files.DurableFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Evaluates detections by the rules of COCO or LVIS. */
@Command(
    name = "evaluate",
    description = {
      "Average precision of detections or masks, as LVIS or COCO.",
      "By the rules of lvis-api or pycocotools: the same numbers, in less time and",
      "memory."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example:",
      "  equipoise evaluate lvis --ground-truth lvis_v1_val.json \\",
      "      --detections lvis_instances_results.json --iou-type segm --drop-boxes",
      "",
      "Files may be gzipped. What the official tools drop in silence is counted below",
      "the table."
    })
final class EvaluateCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RULES", converter = RulesConverter.class, description = "lvis or coco.")
  private DetectionRules rules;

  @Option(
      names = "--ground-truth",
      paramLabel = "FILE",
      required = true,
      description = "The annotation file.")
  private Path truthFile;

  @Option(
      names = "--detections",
      paramLabel = "FILE",
      required = true,
      description = "What the model found: a list of JSON objects.")
  private Path detectionFile;

  @Option(
      names = "--iou-type",
      paramLabel = "TYPE",
      required = true,
      converter = TypeConverter.class,
      description = "bbox: compare boxes; segm: compare masks.")
  private IouType iouType;

  @Option(
      names = "--drop-boxes",
      description = {
        "With segm: pass over the boxes of detections, so that small, medium and large",
        "go by the areas of masks, as in detectron2. The default is by boxes, as the",
        "official tools do if there are boxes."
      })
  private boolean dropBoxes;

  @Option(
      names = "--ap-fixed",
      description = {
        "Also AP-fixed (lvis): the best 10,000 detections of each category over all",
        "images, instead of 300 of each image."
      })
  private boolean fixed;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write everything as JSON, at full precision.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--per-category",
      paramLabel = "FILE",
      description = "Write the figures of each category as comma-separated values.")
  private Optional<Path> perCategory = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the numbers do not depend on it. Default: one for each processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (threads < 1) {
      throw new UsageException("--threads: must be >= 1, is " + threads);
    }
    if (fixed && rules == DetectionRules.COCO) {
      throw new UsageException("--ap-fixed: is for lvis");
    }
    if (dropBoxes && iouType == IouType.BBOX) {
      throw new UsageException("--drop-boxes: is for --iou-type segm");
    }
    PrintWriter out = spec.commandLine().getOut();
    GroundTruth truth;
    Detections detections;
    try (FileProgress progress = progress(truthFile)) {
      truth = GroundTruthFile.read(truthFile, rules, iouType, progress);
    }
    try (FileProgress progress = progress(detectionFile)) {
      detections = DetectionFile.read(detectionFile, truth, iouType, dropBoxes, progress);
    }
    DetectionResult result = evaluate(detections, DetectionLimit.OFFICIAL);
    Optional<DetectionResult> apFixed =
        fixed ? Optional.of(evaluate(detections, DetectionLimit.FIXED)) : Optional.empty();
    if (json.isPresent()) {
      DurableFiles.write(json.get(), to -> DetectionResultJson.write(result, apFixed, to));
    }
    if (perCategory.isPresent()) {
      DurableFiles.write(perCategory.get(), CategoryTable.text(result));
    }
    DetectionText.of(truth, result, apFixed).forEach(out::println);
    out.flush();
    return ExitCodes.OK;
  }

  private FileProgress progress(Path file) {
    return FileProgress.of(file, terminal, spec.commandLine().getErr());
  }

  private DetectionResult evaluate(Detections detections, DetectionLimit limit) throws IOException {
    try {
      return new DetectionEvaluation(rules, iouType, limit, threads).tally(detections).result();
    } catch (IllegalArgumentException e) {
      throw new IOException(detectionFile + " with " + truthFile + ": " + e.getMessage(), e);
    }
  }

  private static <T> T find(String written, T[] values, Function<T, String> label) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(written))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected "
                        + Arrays.stream(values).map(label).collect(Collectors.joining(" or "))
                        + ", found \""
                        + written
                        + "\""));
  }

  /** Reads {@code lvis} and {@code coco}. */
  static final class RulesConverter implements ITypeConverter<DetectionRules> {

    @Override
    public DetectionRules convert(String written) {
      return find(written, DetectionRules.values(), DetectionRules::label);
    }
  }

  /** Reads {@code bbox} and {@code segm}. */
  static final class TypeConverter implements ITypeConverter<IouType> {

    @Override
    public IouType convert(String written) {
      return find(written, IouType.values(), IouType::label);
    }
  }
}
