package org.equipoise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.equipoise.api.Described;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says all there is to say about one part. */
@Command(
    name = "describe",
    description = {
      "Show what a part does, and an example.",
      "Formula, defaults and source are among it; of losses, also their effect."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  equipoise describe loss balanced-softmax",
      "  equipoise describe method crt"
    })
final class DescribeCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private PluginOption plugins;

  @Parameters(index = "0", paramLabel = "KIND", description = "loss, sampler, method, ...")
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "The part's name in configs.")
  private String name;

  DescribeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    PartKind wanted = KindName.parse(kind);
    plugins.withRegistry(
        registry -> {
          print(registry, registry.require(wanted, name));
          return null;
        });
    return ExitCodes.OK;
  }

  private void print(Registry registry, RegisteredPart part) {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode defaults = Json.mapper(registry).valueToTree(part.prototype());
    out.println(
        terminal.ansi().string("@|bold " + part.typeName() + "|@")
            + " ("
            + part.kind().noun()
            + ", from "
            + part.origin()
            + ")");
    section(out, "", description(part));
    section(out, "Defaults", defaults(defaults));
    out.println();
    out.println("In a config");
    example(part, defaults).lines().forEach(line -> out.println("  " + line));
    if (part.prototype() instanceof LossSpec loss) {
      section(out, "With classes of 1000, 100, 10, 1 and 0 examples", LossExplanation.of(loss));
    }
    out.flush();
  }

  private static String example(RegisteredPart part, JsonNode defaults) {
    if (part.kind() == PartKind.METRIC && !isOfStudies(part)) {
      return "Not at all: studies have one label an image. It is for use from Java.";
    }
    String needs = part.prototype() instanceof LossSpec loss ? LossExplanation.needs(loss) : "";
    if (!needs.isEmpty()) {
      return "Not at all: it needs " + needs + ". It is for training loops of your own, from Java.";
    }
    return ConfigExample.of(part.kind(), part.typeName(), defaults);
  }

  private static boolean isOfStudies(RegisteredPart metric) {
    return TypeFactory.defaultInstance()
        .constructType(metric.prototype().getClass())
        .findTypeParameters(MetricSpec.class)[0]
        .hasRawClass(Predictions.class);
  }

  private void section(PrintWriter out, String title, List<Columns.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    out.println();
    if (!title.isEmpty()) {
      out.println(title);
    }
    Columns.of(rows).forEach(out::println);
  }

  private static List<Columns.Row> description(RegisteredPart part) {
    Described described = part.prototype().getClass().getAnnotation(Described.class);
    if (described == null) {
      return List.of();
    }
    List<Columns.Row> rows = new ArrayList<>();
    rows.add(new Columns.Row("what", described.summary()));
    rows.add(new Columns.Row("formula", described.formula()));
    rows.add(new Columns.Row("source", described.source()));
    if (!described.differs().isEmpty()) {
      rows.add(new Columns.Row("differs", described.differs()));
    }
    return rows;
  }

  private static List<Columns.Row> defaults(JsonNode part) {
    List<Columns.Row> rows = new ArrayList<>();
    part.properties().stream()
        .filter(entry -> !entry.getKey().equals(Json.TYPE))
        .forEach(
            entry ->
                rows.add(
                    new Columns.Row(
                        entry.getKey(),
                        entry.getValue().isNull() ? "none" : FlowYaml.of(entry.getValue()))));
    return rows;
  }
}
