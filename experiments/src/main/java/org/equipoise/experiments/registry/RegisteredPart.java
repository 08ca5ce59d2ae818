package org.equipoise.experiments.registry;

import org.equipoise.api.Named;

/**
 * A part that configs can name.
 *
 * @param kind its kind
 * @param typeName its name, unique within the kind
 * @param prototype the part with its published defaults
 * @param origin the file name of the jar (or of the folder of classes) that it came from
 */
public record RegisteredPart(PartKind kind, String typeName, Named prototype, String origin) {

  /**
   * Registers a part under its own name.
   *
   * @param kind its kind
   * @param prototype the part with its published defaults
   * @return the part, with the jar or folder of its class
   */
  public static RegisteredPart of(PartKind kind, Named prototype) {
    return new RegisteredPart(
        kind, prototype.typeName(), prototype, Origin.of(prototype.getClass()));
  }

  /**
   * Returns whether the part comes from a third party.
   *
   * @return true if its name has a vendor
   */
  public boolean thirdParty() {
    return typeName.indexOf('/') >= 0;
  }

  /**
   * Returns what lists of choices show.
   *
   * @return the name, and for a third party's part where it came from: {@code acme/foo
   *     (acme-samplers-1.2.jar)}
   */
  public String label() {
    return thirdParty() ? typeName + " (" + origin + ")" : typeName;
  }
}
