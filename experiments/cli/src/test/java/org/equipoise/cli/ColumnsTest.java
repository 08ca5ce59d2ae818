package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.equipoise.cli.Columns.Row;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  @Test
  void should_align_texts_if_names_differ_in_length() {
    assertThat(Columns.of(List.of(new Row("a", "one"), new Row("long", "two"))))
        .containsExactly("  a     one", "  long  two");
  }

  @Test
  void should_wrap_under_the_text_if_it_is_long() {
    String text = "word ".repeat(40).strip();

    List<String> lines = Columns.of(List.of(new Row("name", text)));

    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() <= 100);
    assertThat(lines.get(1)).startsWith("        word");
    assertThat(String.join(" ", lines).replaceAll(" +", " ").strip()).isEqualTo("name " + text);
  }
}
