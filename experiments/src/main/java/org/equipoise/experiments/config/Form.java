package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.Named;
import org.equipoise.experiments.json.Json;

/**
 * The keys that a mapping may have: the components of a record.
 *
 * @param subject what messages call it
 * @param type the record
 * @param name the name of the part, if the mapping says one under {@code type}
 */
record Form(String subject, JavaType type, Optional<String> name) {

  static Form ofPart(String noun, String name, JavaType type) {
    return new Form(noun + " \"" + name + "\"", type, Optional.of(name));
  }

  static Form ofGroup(JavaType type) {
    String subject = type.getRawClass().getSimpleName().replaceFirst("Config$", "");
    return new Form(Named.kebabCase(subject), type, Optional.empty());
  }

  RecordComponent[] components() {
    return type.getRawClass().getRecordComponents();
  }

  List<String> keys() {
    return Arrays.stream(components()).map(RecordComponent::getName).toList();
  }

  List<String> allKeys() {
    List<String> all = new ArrayList<>(keys());
    name.ifPresent(part -> all.add(Json.TYPE));
    return all;
  }
}
