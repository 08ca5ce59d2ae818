package org.equipoise.experiments.classifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.equipoise.experiments.files.DurableFiles;

/** The folder of a finished model: it is there whole, or not at all. */
public final class ModelFolder {

  private ModelFolder() {}

  /**
   * Says why a model must not be written somewhere.
   *
   * @param out the folder that it would become
   * @param force whether a model that is there may be replaced
   * @return the reason, if there is one
   */
  public static Optional<String> objection(Path out, boolean force) {
    if (Files.notExists(out)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(out.resolve(ModelDescription.FILE))) {
      return Optional.of(out + ": is there already, and is not a model; name another folder");
    }
    return force
        ? Optional.empty()
        : Optional.of(out + ": there is a model already; --force replaces it");
  }

  static void describe(Path draft, ModelDescription description, ObjectMapper mapper)
      throws JsonProcessingException, IOException {
    String text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(description);
    DurableFiles.write(
        draft.resolve(ModelDescription.FILE), text.replace(System.lineSeparator(), "\n") + "\n");
  }

  /** Gives a draft its final name; what may have been there is gone then. */
  static void publish(Path draft, Path out, boolean force, Path work) throws IOException {
    Optional<String> objection = objection(out, force);
    if (objection.isPresent()) {
      throw new IOException(objection.get());
    }
    Path replaced = work.resolve("replaced");
    DurableFiles.deleteTree(replaced);
    if (Files.exists(out)) {
      DurableFiles.publish(out, replaced);
    }
    DurableFiles.publish(draft, out);
    DurableFiles.deleteTree(replaced);
  }
}
