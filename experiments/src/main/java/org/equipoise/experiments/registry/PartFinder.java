package org.equipoise.experiments.registry;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.equipoise.api.Named;

/** Finds the parts that a class loader offers, and gathers what is wrong with the others. */
final class PartFinder {

  private final ClassLoader loader;
  private final List<RegisteredPart> parts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  PartFinder(ClassLoader loader) {
    this.loader = loader;
  }

  List<RegisteredPart> parts() {
    return parts;
  }

  List<String> problems() {
    return problems;
  }

  void find(PartKind kind) {
    Map<String, ServiceLine> lines = new LinkedHashMap<>();
    int before = problems.size();
    for (ServiceLine line : ServiceLine.read(kind, loader)) {
      ServiceLine first = lines.putIfAbsent(line.className(), line);
      if (first != null) {
        problems.add(
            line.className()
                + " is offered twice: by "
                + first.origin()
                + " and by "
                + line.origin()
                + "; keep one of them");
        continue;
      }
      line.complaint(kind, loader).ifPresent(why -> problems.add(line.place() + ": " + why));
    }
    // ServiceLoader gives up at the first bad line, and those are named already.
    if (problems.size() == before) {
      ServiceLoader.load(kind.spi(), loader).stream()
          .forEach(provider -> create(provider, lines.get(provider.type().getName()), kind));
    }
  }

  private void create(
      ServiceLoader.Provider<? extends Named> provider, ServiceLine line, PartKind kind) {
    try {
      parts.add(RegisteredPart.of(kind, provider.get()));
    } catch (ServiceConfigurationError | RuntimeException e) {
      problems.add(
          Optional.ofNullable(line).map(ServiceLine::place).orElse(provider.type().getName())
              + ": its defaults cannot be created ("
              + rootOf(e)
              + ")");
    }
  }

  private static Throwable rootOf(Throwable error) {
    Throwable cause = error.getCause();
    if (error instanceof ServiceConfigurationError && cause != null) {
      return rootOf(cause);
    }
    return error instanceof InvocationTargetException && cause != null ? cause : error;
  }
}
