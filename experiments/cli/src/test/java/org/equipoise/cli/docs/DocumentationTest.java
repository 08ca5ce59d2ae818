package org.equipoise.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole Java files that the documentation shows are test sources: they compile and are tested. */
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

  private static List<Shown> shownFiles() throws IOException {
    Stream.Builder<Shown> shown = Stream.builder();
    for (Path page : pages()) {
      BLOCK
          .matcher(Files.readString(page))
          .results()
          .map((MatchResult block) -> block.group(1))
          .filter(code -> code.startsWith("package "))
          .forEach(code -> shown.add(new Shown(page, code)));
    }
    return shown.build().toList();
  }

  @Test
  void should_find_files_in_the_documentation() throws IOException {
    assertThat(shownFiles()).hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("shownFiles")
  void should_show_the_file_that_is_compiled_and_tested(Shown shown) throws IOException {
    assertThat(shown.source()).hasContent(shown.code());
  }
}
