package org.equipoise.experiments.weights;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.equipoise.api.method.ModelPart;
import org.equipoise.api.model.BackboneSpec;
import org.equipoise.experiments.registry.Spelling;

/** Which array of a file is which parameter of a network. */
final class WeightMatch {

  private final NameTable table;
  private final Map<String, Shape> file;
  private final Map<String, String> found = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private WeightMatch(NameTable table, Map<String, Shape> file) {
    this.table = table;
    this.file = file;
  }

  /**
   * Finds the arrays of some parts of a network.
   *
   * @param names whose names the file has
   * @param backbone the network's backbone
   * @param own the shapes of the network's parameters by name
   * @param parts the parts wanted; arrays of a head that is not wanted are passed over
   * @param file the shapes of the file's arrays by name
   * @return the name in the file for each parameter of these parts
   * @throws WeightsMismatch if one is missing, too many or of another shape; it names all such
   */
  static Map<String, String> of(
      WeightNames names,
      BackboneSpec backbone,
      Map<String, Shape> own,
      Set<ModelPart> parts,
      Map<String, Shape> file) {
    WeightMatch match = new WeightMatch(NameTable.of(names, backbone), file);
    match.find(own, parts);
    if (!match.problems.isEmpty()) {
      throw new WeightsMismatch(match.problems);
    }
    return match.found;
  }

  private void find(Map<String, Shape> own, Set<ModelPart> parts) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String name : own.keySet()) {
      ModelPart part = name.startsWith(NameTable.HEAD) ? ModelPart.HEAD : ModelPart.BACKBONE;
      if (parts.contains(part)) {
        wanted.put(table.theirs(name), name);
      }
    }
    Map<String, String> written = new HashMap<>();
    Set<String> strangers = new LinkedHashSet<>();
    for (String name : file.keySet()) {
      String unwrapped = table.unwrapped(name, wanted::containsKey);
      if (wanted.containsKey(unwrapped)) {
        String other = written.putIfAbsent(unwrapped, name);
        if (other != null) {
          problems.add(name + ": is " + unwrapped + ", and so is " + other);
        }
      } else if (!table.isIgnored(name)
          && (parts.contains(ModelPart.HEAD) || !table.isHead(unwrapped))) {
        strangers.add(name);
      }
    }
    wanted.forEach((theirs, name) -> take(theirs, name, own.get(name), written, strangers));
    Set<String> missing = new LinkedHashSet<>(wanted.keySet());
    missing.removeAll(written.keySet());
    for (String name : strangers) {
      problems.add(name + ": the network has no such parameter." + Spelling.hint(name, missing));
    }
  }

  private void take(
      String theirs, String name, Shape shape, Map<String, String> written, Set<String> strangers) {
    String place = written.get(theirs);
    if (place == null) {
      problems.add(
          theirs
              + ": missing; expected shape "
              + shape
              + "."
              + Spelling.nearest(theirs, strangers).map(near -> " Is it " + near + "?").orElse(""));
    } else if (!fits(file.get(place), shape)) {
      problems.add(place + ": has shape " + file.get(place) + "; expected " + shape);
    } else {
      found.put(name, place);
    }
  }

  // A classifier may be stored as the 1x1 convolution that it also is.
  private static boolean fits(Shape given, Shape shape) {
    if (given.equals(shape)) {
      return true;
    }
    return shape.dimension() == 2 && given.equals(shape.add(1, 1));
  }
}
