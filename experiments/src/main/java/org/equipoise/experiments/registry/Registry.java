package org.equipoise.experiments.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.equipoise.api.Named;

/**
 * The parts that configs can name. Immutable and safe for use by several threads.
 *
 * <p>Names without a vendor are reserved for Equipoise's own parts.
 */
public final class Registry {

  private static final String OWN_PACKAGE = "org.equipoise.";

  private final Map<PartKind, Map<String, RegisteredPart>> parts;

  private Registry(Map<PartKind, Map<String, RegisteredPart>> parts) {
    this.parts = parts;
  }

  /**
   * Finds all parts that a class loader and its parents offer as services.
   *
   * @param loader a class loader, such as {@link Plugins#loader()}
   * @return the registry
   * @throws RegistryException if a service line names a class that cannot be a part, if a name is
   *     malformed, reserved or used twice; the message names jar and service file
   */
  public static Registry load(ClassLoader loader) {
    PartFinder finder = new PartFinder(loader);
    for (PartKind kind : PartKind.values()) {
      finder.find(kind);
    }
    return of(finder.parts(), finder.problems());
  }

  /**
   * Holds parts that were found otherwise.
   *
   * @param parts the parts
   * @return the registry
   * @throws RegistryException if a name is malformed, reserved or used twice
   */
  public static Registry of(Collection<RegisteredPart> parts) {
    return of(parts, List.of());
  }

  private static Registry of(Collection<RegisteredPart> found, List<String> earlierProblems) {
    List<String> problems = new ArrayList<>(earlierProblems);
    Map<PartKind, Map<String, RegisteredPart>> byKind = new EnumMap<>(PartKind.class);
    for (PartKind kind : PartKind.values()) {
      byKind.put(kind, new LinkedHashMap<>());
    }
    found.stream()
        .sorted(byName())
        .forEach(
            part -> {
              complaint(part)
                  .ifPresentOrElse(
                      problems::add,
                      () -> {
                        RegisteredPart other =
                            byKind.get(part.kind()).putIfAbsent(part.typeName(), part);
                        if (other != null) {
                          problems.add(
                              "two parts are called "
                                  + part.kind().noun()
                                  + " \""
                                  + part.typeName()
                                  + "\": "
                                  + place(other)
                                  + " and "
                                  + place(part));
                        }
                      });
            });
    if (!problems.isEmpty()) {
      throw new RegistryException(problems);
    }
    return new Registry(byKind);
  }

  /** Equipoise's own parts first, so that lists begin with what everyone has. */
  private static Comparator<RegisteredPart> byName() {
    return Comparator.comparing(RegisteredPart::kind)
        .thenComparing(
            part -> part.typeName() == null ? "" : part.typeName(),
            Comparator.comparing((String name) -> name.indexOf('/') >= 0)
                .thenComparing(Comparator.naturalOrder()))
        .thenComparing(Registry::place);
  }

  private static Optional<String> complaint(RegisteredPart part) {
    String name = part.typeName();
    if (name == null || !Named.TYPE_NAME.matcher(name).matches()) {
      return Optional.of(
          place(part)
              + ": \""
              + name
              + "\" is no type name; expected kebab-case, with a vendor"
              + " before it: acme/my-"
              + part.kind().noun().replace(' ', '-'));
    }
    if (!part.thirdParty() && !part.prototype().getClass().getName().startsWith(OWN_PACKAGE)) {
      return Optional.of(
          place(part)
              + ": the name \""
              + name
              + "\" is reserved; put a vendor before it: acme/"
              + name);
    }
    return Optional.empty();
  }

  private static String place(RegisteredPart part) {
    return part.prototype().getClass().getName() + " (" + part.origin() + ")";
  }

  /**
   * Returns all parts of a kind: Equipoise's own by name, then third parties' by name.
   *
   * @param kind the kind
   * @return the parts, in a fixed order
   */
  public List<RegisteredPart> parts(PartKind kind) {
    return List.copyOf(parts.get(kind).values());
  }

  /**
   * Returns the part of a name.
   *
   * @param kind its kind
   * @param typeName its name
   * @return the part, if there is one of that name
   */
  public Optional<RegisteredPart> find(PartKind kind, String typeName) {
    return Optional.ofNullable(parts.get(kind).get(typeName));
  }

  /**
   * Returns the part of a name that must exist.
   *
   * @param kind its kind
   * @param typeName its name
   * @return the part
   * @throws UnknownPartException if there is none; the message lists what exists, where third
   *     parties' parts came from, and the nearest right spelling
   */
  public RegisteredPart require(PartKind kind, String typeName) {
    return find(kind, typeName)
        .orElseThrow(() -> new UnknownPartException(unknown(kind, typeName, part -> true)));
  }

  /**
   * Returns what to say about a name that cannot stand in some place.
   *
   * @param kind the kind that was looked for
   * @param typeName the name
   * @param fits which of the parts could stand there
   * @return a sentence that lists what exists, and the nearest right spelling
   */
  public String unknown(PartKind kind, String typeName, Predicate<RegisteredPart> fits) {
    List<RegisteredPart> known = parts(kind).stream().filter(fits).toList();
    String message =
        find(kind, typeName).isPresent()
            ? kind.noun() + " \"" + typeName + "\" does not fit here. "
            : "no " + kind.noun() + " named \"" + typeName + "\". ";
    if (known.isEmpty()) {
      return message + "There are no " + kind.id() + " at all.";
    }
    List<String> names = known.stream().map(RegisteredPart::typeName).toList();
    String labels = known.stream().map(RegisteredPart::label).collect(Collectors.joining(", "));
    String hint = Spelling.hint(typeName, names);
    return message + "Known: " + labels + (hint.isEmpty() ? "" : "." + hint);
  }
}
