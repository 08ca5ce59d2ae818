package org.equipoise.api;

import java.util.regex.Pattern;

/**
 * A part that configs, records and reports call by name.
 *
 * <p>Every SPI of Equipoise extends this interface, and every implementation is a record: its
 * components are the hyperparameters and the config keys, its public no-argument constructor holds
 * the published defaults and makes it a {@link java.util.ServiceLoader} provider.
 *
 * <p>Implementations are immutable and safe for use by several threads.
 */
public interface Named {

  /**
   * What a type name may look like: kebab-case, for third parties with a vendor and a slash before
   * it.
   */
  Pattern TYPE_NAME = Pattern.compile("([a-z][a-z0-9]*(-[a-z0-9]+)*/)?[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /**
   * Returns the name by which configs select this part, such as {@code balanced-softmax}.
   *
   * <p>By default the record's simple name in kebab-case: {@code BalancedSoftmax} is {@code
   * balanced-softmax}. A part that is not Equipoise's own overrides this and puts its vendor before
   * the name: {@code acme/my-loss}; names without a vendor are reserved.
   *
   * @return a name that matches {@link #TYPE_NAME}
   */
  default String typeName() {
    return kebabCase(getClass().getSimpleName());
  }

  /**
   * Turns a Java type's simple name into a type name.
   *
   * @param simpleName a name in camel case, such as {@code BalancedSoftmax}
   * @return the same in kebab-case, such as {@code balanced-softmax}
   */
  static String kebabCase(String simpleName) {
    return simpleName
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1-$2")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
