package org.equipoise.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.experiments.json.Misreading;
import org.equipoise.experiments.plan.RunSpec;

/** The file of a resolved run. */
final class RunSpecFile {

  private RunSpecFile() {}

  static RunSpec read(ObjectMapper mapper, Path file) throws IOException {
    try {
      return mapper.readValue(Files.readString(file), RunSpec.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": not a run of this version: " + Misreading.of(e), e);
    }
  }
}
