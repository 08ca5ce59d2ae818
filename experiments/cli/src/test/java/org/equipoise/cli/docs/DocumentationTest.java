package org.equipoise.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that the documentation shows is test sources, whole files and parts: it compiles. */
class DocumentationTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
  // What needs more than the API is with the tests of the command, which see every module.
  private static final List<Path> SOURCES =
      List.of(
          ROOT.resolve("api/testkit/src/test/java"), ROOT.resolve("experiments/cli/src/test/java"));
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:record|class) (\\w+)");
  // A line of a part of a file that stands for any lines.
  private static final Pattern LEFT_OUT = Pattern.compile("(?m)^ *\\.\\.\\.$");

  private record Shown(Path page, String code) {

    Path source() {
      String file = find(PACKAGE).replace('.', '/') + "/" + find(TYPE) + ".java";
      return SOURCES.stream()
          .map(root -> root.resolve(file))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new AssertionError("none of " + SOURCES + " has " + file));
    }

    private String find(Pattern pattern) {
      Matcher matcher = pattern.matcher(code);
      assertThat(matcher.find()).as("%s in a Java file of %s", pattern, page).isTrue();
      return matcher.group(1);
    }

    @Override
    public String toString() {
      return page.getFileName() + ": " + find(TYPE);
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .filter(Files::exists)
          .sorted()
          .toList();
    }
  }

  private record Part(Path page, String code) {

    /** The part, in whatever way it is indented and its comments are aligned. */
    Pattern lines() {
      return Pattern.compile(
          LEFT_OUT
              .splitAsStream(code)
              .map(DocumentationTest::flat)
              .map(Pattern::quote)
              .collect(Collectors.joining(".*?")));
    }

    @Override
    public String toString() {
      return page.getFileName() + ": " + code.lines().findFirst().orElseThrow();
    }
  }

  private static Stream<Map.Entry<Path, String>> blocks() throws IOException {
    Stream.Builder<Map.Entry<Path, String>> blocks = Stream.builder();
    for (Path page : pages()) {
      BLOCK
          .matcher(Files.readString(page))
          .results()
          .map((MatchResult block) -> block.group(1))
          .forEach(code -> blocks.add(Map.entry(page, code)));
    }
    return blocks.build();
  }

  private static List<Shown> shownFiles() throws IOException {
    return blocks()
        .filter(block -> block.getValue().startsWith("package "))
        .map(block -> new Shown(block.getKey(), block.getValue()))
        .toList();
  }

  private static List<Part> shownParts() throws IOException {
    return blocks()
        .filter(block -> !block.getValue().startsWith("package "))
        .map(block -> new Part(block.getKey(), block.getValue()))
        .toList();
  }

  private static String flat(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }

  /** What an author of a plug-in writes, and what uses the house from outside. */
  private static List<String> outsideSources() throws IOException {
    Stream.Builder<String> sources = Stream.builder();
    for (Path root : SOURCES) {
      try (Stream<Path> files = Files.walk(root.resolve("com/acme"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          sources.add(flat(Files.readString(file)));
        }
      }
    }
    return sources.build().toList();
  }

  @Test
  void should_find_files_in_the_documentation() throws IOException {
    assertThat(shownFiles()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(shownParts()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("shownFiles")
  void should_show_the_file_that_is_compiled_and_tested(Shown shown) throws IOException {
    assertThat(shown.source()).hasContent(shown.code());
  }

  @ParameterizedTest
  @MethodSource("shownParts")
  void should_show_lines_of_a_file_that_is_compiled(Part shown) throws IOException {
    assertThat(outsideSources().stream().anyMatch(file -> shown.lines().matcher(file).find()))
        .as("a file of com.acme in %s has these lines:%n%s", SOURCES, shown.code())
        .isTrue();
  }
}
