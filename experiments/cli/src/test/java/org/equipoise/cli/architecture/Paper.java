package org.equipoise.cli.architecture;

import com.sun.source.doctree.SeeTree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A paper that the javadoc of a type names with {@code @see}.
 *
 * @param name authors and year, such as {@code Ren et al. 2020}
 * @param link where it is; empty for what is in print alone
 */
public record Paper(String name, Optional<String> link) {

  private static final Pattern SEE =
      Pattern.compile(
          "(?:<a\\s+href=\"(https?://[^\"]+)\">|\")\\s*(\\D+?\\s+(?:1[89]|20)\\d\\d)\\b");

  /**
   * Reads the papers of a type from its source.
   *
   * @param type the full name of a type of any module
   * @return the papers in the order in which they are named
   */
  public static List<Paper> of(String type) {
    return HouseSources.javadoc(type).stream()
        .flatMap(javadoc -> javadoc.getBlockTags().stream())
        .filter(SeeTree.class::isInstance)
        .map(tag -> SEE.matcher(tag.toString()))
        .filter(Matcher::find)
        .map(
            found ->
                new Paper(
                    found.group(2).replaceAll("\\s+", " "), Optional.ofNullable(found.group(1))))
        .toList();
  }
}
