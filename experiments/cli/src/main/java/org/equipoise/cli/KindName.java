package org.equipoise.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.Spelling;

/** How people call a kind of part: {@code loss} or {@code losses}. */
final class KindName {

  private KindName() {}

  static PartKind parse(String written) {
    return Arrays.stream(PartKind.values())
        .filter(kind -> written.equals(kind.id()) || written.equals(singular(kind)))
        .findFirst()
        .orElseThrow(() -> new UsageException(unknown(written)));
  }

  static String singular(PartKind kind) {
    return kind.noun().replace(' ', '-');
  }

  private static String unknown(String written) {
    List<String> ids = Arrays.stream(PartKind.values()).map(PartKind::id).toList();
    return "no kind of part is called \""
        + written
        + "\". Known: "
        + ids.stream().collect(Collectors.joining(", "))
        + "."
        + Spelling.hint(written, ids);
  }
}
