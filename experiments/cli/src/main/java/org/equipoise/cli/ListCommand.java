package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.equipoise.api.Described;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the parts that configs can name. */
@Command(
    name = "list",
    description = "List the parts that configs can name.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  equipoise list",
      "  equipoise list losses",
      "  equipoise list samplers --plugins plugins"
    })
final class ListCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private PluginOption plugins;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = "losses, samplers, methods, metrics, heads, datasets, ...; by default all")
  private String kind;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    List<PartKind> kinds =
        kind == null ? List.of(PartKind.values()) : List.of(KindName.parse(kind));
    plugins.withRegistry(
        registry -> {
          kinds.forEach(each -> print(registry, each));
          return null;
        });
    return ExitCodes.OK;
  }

  private void print(Registry registry, PartKind each) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(terminal.ansi().string("@|bold " + each.id() + "|@"));
    List<Columns.Row> rows =
        registry.parts(each).stream()
            .map(part -> new Columns.Row(part.label(), summary(part)))
            .toList();
    Columns.of(rows).forEach(out::println);
    out.flush();
  }

  private static String summary(RegisteredPart part) {
    return Optional.ofNullable(part.prototype().getClass().getAnnotation(Described.class))
        .map(Described::summary)
        .orElse("(no description)");
  }
}
