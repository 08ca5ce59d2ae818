package org.equipoise.experiments.data.folders;

import java.util.List;
import java.util.Map;

/**
 * What a list says of one split.
 *
 * @param names the name of each file below the root, with slashes
 * @param labels the label of each file as it is written
 * @param classNames the name of each class by its label; empty if the list has no names
 */
record ListedFile(List<String> names, List<String> labels, Map<String, String> classNames) {

  ListedFile {
    names = List.copyOf(names);
    labels = List.copyOf(labels);
    classNames = Map.copyOf(classNames);
  }
}
