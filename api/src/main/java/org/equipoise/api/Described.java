package org.equipoise.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a part is, for people: shown by {@code equipoise describe} and in the generated tables.
 *
 * <p>Every SPI record carries one; the contract suites fail without it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Described {

  /**
   * Says in one sentence what the part does.
   *
   * @return a sentence that ends with a full stop
   */
  String summary();

  /**
   * Gives the definition, in plain text.
   *
   * @return one line; symbols as in the project's vocabulary ({@code n_c}, {@code pi_c}, {@code z})
   */
  String formula();

  /**
   * Cites where the definition and its defaults come from.
   *
   * @return paper and equation; or "Equipoise" for a part of the project's own
   */
  String source();

  /**
   * Says where released code or other papers do it differently.
   *
   * @return one or two sentences, or the empty string if nothing is known
   */
  String differs() default "";
}
