package org.equipoise.experiments.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a key {@code type} may say at one place. */
interface Choices {

  /** Names what is chosen. */
  String noun();

  /** Returns the record of a name, if it may stand here. */
  Optional<Class<?>> find(String name);

  /** Returns the values of a record that may stand here, with its published defaults. */
  ObjectNode prototype(String name);

  /** Lists what may stand here, after a name that may not. */
  String unknown(String name);

  /** Lists what may stand here, where no name is given. */
  String known();
}
