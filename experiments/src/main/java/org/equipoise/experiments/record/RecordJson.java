package org.equipoise.experiments.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.json.Misreading;

/**
 * Records as JSON files: written atomically, read back strictly.
 *
 * <p>A key too many, a key too few, a key twice, a null or a text where a number belongs: each is
 * an error, for a report from a half-understood record would be wrong without saying so. Only what
 * was added since may be missing, where it is a list of remarks and no figure depends on it.
 */
public final class RecordJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          // The shortest digits on every Java version; that of version 17 misses them at times.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Lists that were added to records later: where the key is missing, nothing was noted yet. */
  private static final Map<Class<?>, String> ADDED =
      Map.of(RunRecord.class, "lossEffects", ExperimentOutline.class, "conflicts");

  private RecordJson() {}

  /**
   * Writes a record, atomically.
   *
   * @param file the file; its folder is made if need be
   * @param record the record
   * @throws IOException if the file cannot be written; it then stays as it was
   */
  public static void write(Path file, Record record) throws IOException {
    DurableFiles.write(file, text(record));
  }

  /**
   * Reads a record.
   *
   * @param file the file
   * @param type the type of the record
   * @param <T> the type of the record
   * @return the record
   * @throws IOException if there is no such file, or it is not such a record; the message names the
   *     file and what is wrong with it
   */
  public static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    String text = Files.readString(file);
    try {
      JsonNode tree = MAPPER.readTree(text);
      String added = ADDED.get(type);
      if (added != null && tree instanceof ObjectNode object && !object.has(added)) {
        object.putArray(added);
      }
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + ": not a " + type.getSimpleName() + " of this version: " + Misreading.of(e), e);
    }
  }

  /**
   * Returns a record as text.
   *
   * @param record the record
   * @return JSON, the same bytes on every platform
   * @throws JsonProcessingException if a component cannot be written
   */
  public static String text(Record record) throws JsonProcessingException {
    // Jackson separates lines as the platform does; a record has the same bytes everywhere.
    return MAPPER.writeValueAsString(record).replace(System.lineSeparator(), "\n") + "\n";
  }
}
