package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

  @TempDir private Path folder;

  @Test
  void should_say_what_it_needs_if_the_folder_is_neither_run_nor_stage() {
    Path out = folder.resolve("out.safetensors");

    CommandRun run = CommandRun.of("export", "--from", folder.toString(), "--out", out.toString());

    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.err())
        .contains(folder + ": neither the folder of a run that is done (it has no record.json)");
    assertThat(out).doesNotExist();
  }

  @Test
  void should_give_the_trained_weights_or_say_that_pytorch_has_no_such_network() throws Exception {
    Path config = TinyStudy.write(folder);
    Path out = folder.resolve("out");
    String small = "model.backbone={type: cifar-resnet, depth: 8}";
    for (String model : new String[] {"name=tiny", small}) {
      CommandRun.of("run", config.toString(), model, "--out", out.resolve(name(model)).toString());
    }

    CommandRun mlp = export(out.resolve("mlp"));
    CommandRun resnet = export(out.resolve("resnet"));

    assertThat(mlp.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(mlp.err()).contains("backbone mlp has no names of PyTorch");
    assertThat(resnet.code()).as(resnet.err()).isZero();
    assertThat(resnet.out()).startsWith("37 arrays of stage ").contains("SHA-256 ");
    assertThat(folder.resolve("net.safetensors")).exists();
  }

  private static String name(String model) {
    return model.contains("resnet") ? "resnet" : "mlp";
  }

  private CommandRun export(Path study) throws Exception {
    Path run = TinyStudy.records(study).get(0).getParent();
    return CommandRun.of(
        "export", "--from", run.toString(), "--out", folder.resolve("net.safetensors").toString());
  }
}
