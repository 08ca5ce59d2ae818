package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.equipoise.api.Described;
import org.equipoise.cli.architecture.Paper;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import org.junit.jupiter.api.Test;

/**
 * The page of all parts is written from the records, and says what they say.
 *
 * <p>Run with {@code -Dequipoise.pages=write} to write it anew after a change that is meant.
 */
class MethodsPageTest {

  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().getParent().resolve("docs/methods.md");
  private static final boolean WRITE = "write".equals(System.getProperty("equipoise.pages"));
  private static final Registry REGISTRY = Registry.load(MethodsPageTest.class.getClassLoader());

  private static final String INTRODUCTION =
      """
      # Methods

      Every part that a config can name: what it does, its formula, where it comes from, its defaults,
      and where released code differs. The same is shown by `equipoise describe loss balanced-softmax`.
      The defaults are the published ones, as far as there are any.

      This page is written from the records by `MethodsPageTest`; it is not edited by hand.

      In the formulas, `z` are logits and `p` their softmax, `y` the label, `K` the number of classes,
      `n_c` the training examples of class c, `n` their sum, `pi_c = n_c / n`. Losses have one value an
      example, in nats, unless they say otherwise; class weights and the reduction are chosen apart.

      """;

  private static final Map<PartKind, String> CHAPTERS = chapters();

  private static Map<PartKind, String> chapters() {
    Map<PartKind, String> titles = new LinkedHashMap<>();
    titles.put(PartKind.LOSS, "Losses");
    titles.put(PartKind.WEIGHTING, "Class weightings");
    titles.put(PartKind.SAMPLER, "Samplers");
    titles.put(PartKind.METHOD, "Training methods");
    titles.put(PartKind.HEAD, "Heads");
    titles.put(PartKind.BATCH_TRANSFORM, "Batch transforms");
    titles.put(PartKind.METRIC, "Metrics");
    titles.put(PartKind.BACKBONE, "Backbones");
    titles.put(PartKind.AUGMENTATION, "Augmentations");
    titles.put(PartKind.OPTIMIZER, "Optimizers");
    titles.put(PartKind.SCHEDULE, "Schedules");
    titles.put(PartKind.DATASET, "Data sets");
    return titles;
  }

  @Test
  void should_have_a_chapter_for_every_kind_of_part() {
    assertThat(CHAPTERS.keySet()).containsExactlyInAnyOrder(PartKind.values());
  }

  @Test
  void should_say_what_the_records_say() throws IOException {
    String page = page();
    if (WRITE) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("%s; if the change is meant, run this test with -Dequipoise.pages=write", PAGE)
        .isEqualTo(page);
  }

  private static String page() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    CHAPTERS.forEach(
        (kind, title) ->
            page.append("- [")
                .append(title)
                .append("](#")
                .append(anchor(title))
                .append("): ")
                .append(links(kind))
                .append('\n'));
    CHAPTERS.forEach(
        (kind, title) -> {
          page.append("\n## ").append(title).append('\n');
          own(kind).forEach(part -> page.append(section(part)));
        });
    return page.toString();
  }

  private static List<RegisteredPart> own(PartKind kind) {
    return REGISTRY.parts(kind).stream().filter(part -> !part.thirdParty()).toList();
  }

  private static String links(PartKind kind) {
    return String.join(
        ", ",
        own(kind).stream()
            .map(part -> "[" + part.typeName() + "](#" + anchor(heading(part)) + ")")
            .toList());
  }

  // With the kind, since a head and a method may have the same name.
  private static String heading(RegisteredPart part) {
    return part.kind().noun() + " " + part.typeName();
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String section(RegisteredPart part) {
    Class<?> type = part.prototype().getClass();
    Described described = type.getAnnotation(Described.class);
    StringBuilder section = new StringBuilder();
    section.append("\n### ").append(heading(part)).append("\n\n");
    section.append(prose(described.summary())).append("\n\n");
    section.append("- **Formula:** `").append(described.formula()).append("`\n");
    section.append("- **Source:** ").append(source(type, described)).append('\n');
    section.append("- **Defaults:** ").append(defaults(part)).append('\n');
    if (!described.differs().isEmpty()) {
      section.append("- **Where others differ:** ").append(prose(described.differs())).append('\n');
    }
    return section.toString();
  }

  private static String source(Class<?> type, Described described) {
    String source = prose(described.source());
    for (Paper paper : Paper.of(type.getName())) {
      String name = prose(paper.name());
      source =
          source.replace(name, paper.link().map(to -> "[" + name + "](" + to + ")").orElse(name));
    }
    return source;
  }

  private static String defaults(RegisteredPart part) {
    JsonNode tree = Json.mapper(REGISTRY).valueToTree(part.prototype());
    List<String> keys =
        tree.properties().stream()
            .filter(entry -> !entry.getKey().equals(Json.TYPE))
            .map(entry -> "`" + entry.getKey() + "` " + value(entry.getValue()))
            .toList();
    return keys.isEmpty() ? "no hyperparameters" : String.join(", ", keys);
  }

  private static String value(JsonNode value) {
    return value.isNull() ? "none" : "`" + FlowYaml.of(value) + "`";
  }

  /** Takes what Markdown would read as markup for what it is. */
  private static String prose(String text) {
    List<String> marks = Arrays.asList("*", "_", "<", "[", "`");
    String escaped = text.replace("\\", "\\\\");
    for (String mark : marks) {
      escaped = escaped.replace(mark, "\\" + mark);
    }
    return escaped;
  }
}
