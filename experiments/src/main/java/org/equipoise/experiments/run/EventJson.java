package org.equipoise.experiments.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** Events as lines of JSON: what a worker process says to the one that started it. */
final class EventJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EventJson() {}

  static String line(RunEvent event) {
    try {
      return MAPPER.writerFor(RunEvent.class).writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + event, e);
    }
  }

  /** Reads a line; empty if it is none of ours, as what native code prints. */
  static Optional<RunEvent> read(String line) {
    try {
      return Optional.of(MAPPER.readValue(line, RunEvent.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
