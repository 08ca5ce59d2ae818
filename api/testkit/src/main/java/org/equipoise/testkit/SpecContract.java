package org.equipoise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import org.equipoise.api.Described;
import org.equipoise.api.Named;
import org.junit.jupiter.api.Test;

/**
 * What every SPI record keeps to: found by name, described, comparable, immutable.
 *
 * @param <T> the kind of part
 */
public interface SpecContract<T extends Named> {

  /**
   * Returns the part under test.
   *
   * @return a spec with any hyperparameters
   */
  T spec();

  /**
   * Returns the name by which configs know the part: it is written down here once more, so that
   * renaming a type does not silently break configs and records.
   *
   * @return such as {@code balanced-softmax}
   */
  String expectedTypeName();

  /** A spec is a public record whose public no-argument constructor accepts its own defaults. */
  @Test
  default void should_be_a_public_record_with_defaults() throws ReflectiveOperationException {
    Class<?> type = spec().getClass();

    assertThat(type.isRecord()).as("%s is a record", type).isTrue();
    assertThat(Modifier.isPublic(type.getModifiers())).as("%s is public", type).isTrue();
    assertThat(type.getConstructor().newInstance()).isInstanceOf(type);
  }

  /** The type name is valid, stable, and does not depend on hyperparameters. */
  @Test
  default void should_have_the_type_name_that_configs_use() throws ReflectiveOperationException {
    Named defaults = (Named) spec().getClass().getConstructor().newInstance();

    assertThat(spec().typeName()).isEqualTo(expectedTypeName());
    assertThat(defaults.typeName()).isEqualTo(expectedTypeName());
    assertThat(expectedTypeName()).matches(Named.TYPE_NAME);
  }

  /** The description is complete. */
  @Test
  default void should_be_described() {
    Described described = spec().getClass().getAnnotation(Described.class);

    assertThat(described).as("@Described on %s", spec().getClass()).isNotNull();
    assertThat(described.summary()).isNotBlank().doesNotContain("\n").endsWith(".");
    assertThat(described.formula()).isNotBlank().doesNotContain("\n");
    assertThat(described.source()).isNotBlank();
  }

  /** Two specs of the same hyperparameters are equal. */
  @Test
  default void should_be_equal_if_the_hyperparameters_are() throws ReflectiveOperationException {
    T spec = spec();
    Object copy = copy(spec);

    assertThat(copy).isNotSameAs(spec).isEqualTo(spec).hasSameHashCodeAs(spec);
    assertThat(copy.toString()).isEqualTo(spec.toString());
  }

  /** No component can be changed from outside. */
  @Test
  default void should_be_immutable() throws ReflectiveOperationException {
    T spec = spec();
    for (RecordComponent component : spec.getClass().getRecordComponents()) {
      assertThat(component.getType().isArray()).as("%s is an array", component).isFalse();
      assertThat(component.getType().getName()).as("%s", component).doesNotStartWith("ai.djl.");
      Object value = component.getAccessor().invoke(spec);
      if (value instanceof Collection<?> collection) {
        assertThatThrownBy(collection::clear, "%s is an unmodifiable copy", component)
            .isInstanceOf(UnsupportedOperationException.class);
      } else if (value instanceof Map<?, ?> map) {
        assertThatThrownBy(map::clear, "%s is an unmodifiable copy", component)
            .isInstanceOf(UnsupportedOperationException.class);
      }
    }
  }

  /** The service line is there. */
  @Test
  default void should_be_found_by_the_service_loader() {
    Class<?> type = spec().getClass();
    Class<?> spi = Spi.of(type);

    assertThat(ServiceLoader.load(spi).stream().anyMatch(found -> found.type() == type))
        .as("a line %s in META-INF/services/%s", type.getName(), spi.getName())
        .isTrue();
  }

  private static Object copy(Object spec) throws ReflectiveOperationException {
    RecordComponent[] components = spec.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].getAccessor().invoke(spec);
    }
    return spec.getClass().getConstructor(types).newInstance(values);
  }
}
