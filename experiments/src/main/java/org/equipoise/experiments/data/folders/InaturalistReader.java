package org.equipoise.experiments.data.folders;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.experiments.data.folders.ListLines.MalformedLineException;
import org.equipoise.experiments.json.Misreading;

/** Reads the official JSON files of iNaturalist, a token at a time: they have 100 megabytes. */
final class InaturalistReader {

  private final Path file;
  private final Complaints complaints = new Complaints();
  private final Map<Long, String> images = new LinkedHashMap<>();
  private final Map<Long, String> labels = new HashMap<>();
  private final Map<String, String> categories = new HashMap<>();
  private final Map<Long, String> known = new HashMap<>();

  private InaturalistReader(Path file) {
    this.file = file;
  }

  static ListedFile read(Path file) throws IOException {
    InaturalistReader reader = new InaturalistReader(file);
    try (JsonParser json = new JsonFactory().createParser(Files.newInputStream(file))) {
      reader.read(json);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": missing; expected a list of images", e);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": not JSON: " + Misreading.of(e), e);
    }
    return reader.listed();
  }

  private void read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException(file + ": expected a JSON object with images and annotations");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "images" -> entries(json, this::image);
        case "annotations" -> entries(json, this::annotation);
        case "categories" -> entries(json, this::category);
        default -> json.skipChildren();
      }
    }
  }

  @FunctionalInterface
  private interface Entry {
    void take(Map<String, String> values, String where);
  }

  private static void entries(JsonParser json, Entry entry) throws IOException {
    int place = 0;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> values = new HashMap<>();
      String where = "entry " + place + ", line " + json.currentLocation().getLineNr() + ": ";
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        if (json.nextToken().isScalarValue()) {
          values.put(key, json.getText());
        } else {
          json.skipChildren();
        }
      }
      entry.take(values, where);
      place++;
    }
  }

  private void image(Map<String, String> values, String where) {
    long id = number(values, "id", "images", where);
    try {
      String path = ListLines.path(values.getOrDefault("file_name", ""));
      if (images.put(id, path) != null && id >= 0) {
        complaints.add("images, " + where + "id " + values.get("id") + " is there twice");
      }
    } catch (MalformedLineException e) {
      complaints.add("images, " + where + "file_name: " + e.getMessage());
    }
  }

  private void annotation(Map<String, String> values, String where) {
    long image = number(values, "image_id", "annotations", where);
    long category = number(values, "category_id", "annotations", where);
    String label = known.computeIfAbsent(category, id -> Long.toString(id));
    if (labels.put(image, label) != null) {
      complaints.add("annotations, " + where + "image " + image + " has another one already");
    }
  }

  private void category(Map<String, String> values, String where) {
    long id = number(values, "id", "categories", where);
    categories.put(Long.toString(id), values.getOrDefault("name", Long.toString(id)));
  }

  private long number(Map<String, String> values, String key, String list, String where) {
    String text = values.getOrDefault(key, "");
    if (!text.matches("[0-9]{1,18}")) {
      complaints.add(list + ", " + where + key + " \"" + text + "\": expected a whole number");
      return -1;
    }
    return Long.parseLong(text);
  }

  private ListedFile listed() throws IOException {
    List<String> names = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    images.forEach(
        (id, name) -> {
          String label = labels.get(id);
          if (label == null) {
            complaints.add("images: " + name + " has no annotation");
          } else {
            names.add(name);
            classes.add(label);
            categories.putIfAbsent(label, label);
          }
        });
    complaints.throwIfAny(file);
    return new ListedFile(names, classes, categories);
  }
}
