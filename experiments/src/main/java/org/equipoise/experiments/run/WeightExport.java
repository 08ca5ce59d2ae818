package org.equipoise.experiments.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.RecordJson;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.record.RunRecord.StageRecord;
import org.equipoise.experiments.training.StageTrainer;
import org.equipoise.experiments.weights.WeightFile;
import org.equipoise.experiments.weights.WeightNames;

/** Gives the weights of trained stages away under PyTorch's names. */
public final class WeightExport {

  private final ObjectMapper mapper;

  /**
   * Exports weights of registered backbones.
   *
   * @param mapper a mapper that knows the parts
   */
  public WeightExport(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Writes the weights of a stage. Starts the engine.
   *
   * @param from the folder of a run, whose last stage is meant, or of a stage of an experiment
   * @param out a safetensors file, replaced at once
   * @return what was written
   * @throws IOException if the folder is neither, or a file cannot be read or written
   * @throws IllegalArgumentException if PyTorch has no names for the backbone
   */
  public Exported export(Path from, Path out) throws IOException {
    Path folder = from.toAbsolutePath().normalize();
    boolean isRun = Files.exists(folder.resolve(RunRecord.FILE));
    Path run = isRun ? folder : runWith(folder);
    ExperimentFolder experiment = new ExperimentFolder(run.getParent().getParent());
    String key = isRun ? lastStage(run) : String.valueOf(folder.getFileName());
    BackboneSpec backbone =
        RunSpecFile.read(mapper, new RunFolder(run).config()).model().backbone();
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> weights =
          StageTrainer.readWeights(manager, experiment.stages().resolve(key));
      String hash = WeightFile.write(out, WeightNames.PYTORCH, backbone, weights);
      return new Exported(key, weights.size(), hash);
    }
  }

  private static String lastStage(Path run) throws IOException {
    List<StageRecord> stages = stages(run);
    return stages.get(stages.size() - 1).key();
  }

  private static List<StageRecord> stages(Path run) throws IOException {
    return RecordJson.read(run.resolve(RunRecord.FILE), RunRecord.class).stages();
  }

  // A stage does not say what it is made of; the runs that need it do.
  private static Path runWith(Path stage) throws IOException {
    Path experiment = stage.getParent() == null ? null : stage.getParent().getParent();
    if (experiment != null && Files.isDirectory(new ExperimentFolder(experiment).runs())) {
      try (Stream<Path> runs = Files.list(new ExperimentFolder(experiment).runs())) {
        for (Path run : runs.sorted().toList()) {
          if (Files.exists(run.resolve(RunRecord.FILE))
              && stages(run).stream()
                  .anyMatch(record -> stage.endsWith(Path.of("stages", record.key())))) {
            return run;
          }
        }
      }
    }
    throw new IOException(
        stage
            + ": neither the folder of a run that is done (it has no "
            + RunRecord.FILE
            + "), nor that of a stage of one");
  }

  /**
   * What was written.
   *
   * @param stage the key of the stage
   * @param arrays how many arrays
   * @param sha256 SHA-256 (hex) of the file
   */
  public record Exported(String stage, int arrays, String sha256) {}
}
