package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.equipoise.api.Named;
import org.equipoise.experiments.json.Json;

/**
 * The keys that a mapping may have: the components of a record.
 *
 * @param subject what messages call it
 * @param type the record
 * @param typed whether the mapping also has a key that names the record
 */
record Form(String subject, JavaType type, boolean typed) {

  static Form ofPart(String noun, String name, JavaType type) {
    return new Form(noun + " \"" + name + "\"", type, true);
  }

  static Form ofGroup(JavaType type) {
    String name = type.getRawClass().getSimpleName().replaceFirst("Config$", "");
    return new Form(Named.kebabCase(name), type, false);
  }

  RecordComponent[] components() {
    return type.getRawClass().getRecordComponents();
  }

  List<String> keys() {
    return Arrays.stream(components()).map(RecordComponent::getName).toList();
  }

  List<String> allKeys() {
    List<String> all = new ArrayList<>(keys());
    if (typed) {
      all.add(Json.TYPE);
    }
    return all;
  }
}
