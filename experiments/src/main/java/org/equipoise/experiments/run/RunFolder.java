package org.equipoise.experiments.run;

import java.nio.file.Path;
import org.equipoise.experiments.record.Manifest;
import org.equipoise.experiments.record.RunFailure;
import org.equipoise.experiments.record.RunRecord;

/**
 * Where a run keeps what.
 *
 * @param path the folder of the run
 */
record RunFolder(Path path) {

  Path config() {
    return path.resolve("config.json");
  }

  Path log() {
    return path.resolve("log.txt");
  }

  Path lock() {
    return path.resolve("run.lock");
  }

  Path manifest() {
    return path.resolve(Manifest.FILE);
  }

  Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  Path logits() {
    return path.resolve("logits.safetensors");
  }

  Path record() {
    return path.resolve(RunRecord.FILE);
  }

  Path failure() {
    return path.resolve(RunFailure.FILE);
  }
}
