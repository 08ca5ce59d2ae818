package org.equipoise.experiments.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassReferencesTest {

  @Test
  void should_find_what_a_class_extends_creates_calls_catches_and_nests() throws IOException {
    assertThat(ClassReferences.of(bytesOf(Everything.class)))
        .contains(
            internal(Everything.class),
            internal(Parent.class),
            internal(Created.class),
            internal(Called.class),
            internal(Caught.class),
            internal(Element.class))
        .noneMatch(name -> name.startsWith("["));
  }

  @Test
  void should_refuse_what_is_no_class_file() {
    assertThatThrownBy(() -> ClassReferences.of(new byte[64]))
        .isInstanceOf(IOException.class)
        .hasMessage("not a class file");
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + internal(type) + ".class")) {
      return in.readAllBytes();
    }
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  /** A class whose constant pool has every kind of entry. */
  static final class Everything extends Parent {

    static final long WIDE = 123_456_789_012L;
    static final double REAL = 0.1;

    List<Object> all(int i) {
      Runnable lambda = () -> Called.call("x" + i + WIDE + REAL + 1.5f + 100_000);
      try {
        lambda.run();
      } catch (Caught e) {
        return List.of(e);
      }
      return List.of(new Created(), new Element[3][2]);
    }
  }

  /** Extended. */
  static class Parent {}

  /** Created. */
  static final class Created {}

  /** Only ever in arrays. */
  static final class Element {}

  /** Called. */
  static final class Called {
    static void call(String text) {
      text.strip().chars().forEach(c -> {});
    }
  }

  /** Caught. */
  static final class Caught extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
