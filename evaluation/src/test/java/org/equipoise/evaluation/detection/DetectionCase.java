package org.equipoise.evaluation.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.equipoise.evaluation.detection.io.DetectionFile;
import org.equipoise.evaluation.detection.io.GroundTruthFile;
import org.equipoise.evaluation.detection.io.ReadProgress;
import org.equipoise.testkit.golden.GoldenDetection;

/** Ground truth and detections in a folder, and what an official tool makes of them. */
public record DetectionCase(Path folder, Path expectedFile, IouType iouType, boolean dropBoxes) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern EXPECTED = Pattern.compile("expected_(bbox|segm)(|_nobbox)\\.json");

  /** The project's own cases, and those of the folder that is named, if one is. */
  static List<DetectionCase> all() {
    List<DetectionCase> cases = new ArrayList<>(own());
    GoldenDetection.folder().ifPresent(folder -> cases.addAll(in(folder)));
    return cases;
  }

  public static List<DetectionCase> own() {
    try {
      return in(Path.of(DetectionCase.class.getResource("cases").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<DetectionCase> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("expected"))
          .sorted()
          .map(DetectionCase::of)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DetectionCase of(Path expected) {
    Matcher name = EXPECTED.matcher(expected.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalStateException("nobody knows what to do with " + expected);
    }
    IouType type = name.group(1).equals("bbox") ? IouType.BBOX : IouType.SEGM;
    return new DetectionCase(expected.getParent(), expected, type, !name.group(2).isEmpty());
  }

  JsonNode expected() throws IOException {
    return JSON.readTree(Files.readAllBytes(expectedFile));
  }

  /** The official tool of LVIS alone has groups of frequency. */
  public DetectionRules rules() throws IOException {
    return expected().path("results").has("APr") ? DetectionRules.LVIS : DetectionRules.COCO;
  }

  public Path truthFile() {
    return file("gt.json");
  }

  public Path detectionFile() {
    return file("dt.json");
  }

  private Path file(String name) {
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }

  GroundTruth truth() throws IOException {
    return GroundTruthFile.read(truthFile(), rules(), iouType, ReadProgress.NONE);
  }

  Detections detections() throws IOException {
    return DetectionFile.read(detectionFile(), truth(), iouType, dropBoxes, ReadProgress.NONE);
  }

  @Override
  public String toString() {
    return folder.getFileName() + "/" + expectedFile.getFileName();
  }
}
