package org.equipoise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.equipoise.experiments.classifier.Classification;
import org.equipoise.experiments.classifier.EquipoiseModel;
import org.equipoise.experiments.classifier.ModelDescription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of images to a model that classifies: real images, real processes. */
class TrainCommandTest {

  @TempDir private Path folder;
  private Path data;
  private Path model;
  private List<Path> bags;

  @BeforeEach
  void writeImages() throws Exception {
    data = Files.createDirectories(folder.resolve("photos"));
    model = folder.resolve("model");
    OwnImages images = new OwnImages(data);
    images.write("train/trouser", 1, 0, 80);
    bags = images.write("train/bag", 8, 0, 20);
    images.write("test/trouser", 1, 100, 10);
    images.write("test/bag", 8, 100, 10);
  }

  private CommandRun train(String... more) {
    String[] args = {
      "train", "--data", data.toString(), "--out", model.toString(), "--size", "16", "--epochs"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return CommandRun.of(all);
  }

  @Test
  void should_write_a_model_that_classifies_and_replace_it_only_if_forced() throws Exception {
    Files.write(data.resolve("train/bag/cut\u001b[1m.png"), new byte[] {1, 2, 3});
    // A file that only decoding shows to be damaged.
    byte[] broken = Files.readAllBytes(bags.get(0));
    Arrays.fill(broken, 60, 90, (byte) 0x55);
    Files.write(data.resolve("train/bag/broken.png"), broken);

    // WHEN
    CommandRun first = train("4", "--threads", "1");

    // THEN the better method is kept, and said
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err())
        .contains("Left out", "2 files", "train/bag/cut?[1m.png")
        .contains("train/bag/broken.png cannot be decoded");
    assertThat(first.out())
        .contains("2 classes; 80 images to train on, 20 of train held out", "20 to test on")
        .contains("held out, softmax", "held out, balanced-softmax", "test, ")
        .contains("Classes with fewer than 5 held-out images: 1;", "Model: " + model);
    try (EquipoiseModel loaded = EquipoiseModel.load(model)) {
      ModelDescription said = loaded.description();
      assertThat(said.classes()).containsExactly("bag", "trouser");
      assertThat(said.trainCounts()).containsExactly(16L, 64L);
      double kept =
          said.comparison().arms().stream()
              .mapToDouble(arm -> arm.figures().balancedAccuracy())
              .max()
              .orElseThrow();
      assertThat(said.comparison().arms())
          .filteredOn(arm -> arm.id().equals(said.method()))
          .singleElement()
          .satisfies(arm -> assertThat(arm.figures().balancedAccuracy()).isEqualTo(kept));

      // AND the loaded model does on the test images as was said
      int right = 0;
      for (String label : said.classes()) {
        try (var files = Files.list(data.resolve("test").resolve(label))) {
          for (Path file : files.toList()) {
            Classification one = loaded.classify(file);
            right += one.label().equals(label) ? 1 : 0;
            assertThat(one.candidates().stream().mapToDouble(c -> c.probability()).sum())
                .isCloseTo(1, within(1e-9));
          }
        }
      }
      assertThat(right / 20.0).isEqualTo(said.test().orElseThrow().accuracy());
    }

    // AND the command says so of an image, and of a file that is none
    String image = data.resolve("test/bag").toFile().listFiles()[0].toString();
    CommandRun predicted =
        CommandRun.of("predict", model.toString(), image, folder.resolve("none.png").toString());
    assertThat(predicted.out()).containsPattern("png  (bag|trouser) [0-9.]+%, (bag|trouser) ");
    assertThat(predicted.err()).contains("none.png");
    assertThat(predicted.code()).isEqualTo(ExitCodes.FAILED);

    // WHEN it is trained again, THEN nothing happens
    byte[] before = Files.readAllBytes(model.resolve(ModelDescription.FILE));
    CommandRun second = train("4", "--threads", "1");
    assertThat(second.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(second.err()).contains("there is a model already; --force replaces it");

    // UNLESS forced: it goes on from the study that is there, and comes to the same
    CommandRun forced = train("4", "--threads", "1", "--force");
    assertThat(forced.code()).as(forced.err()).isZero();
    assertThat(forced.err()).doesNotContain("runs over");
    assertThat(forced.out()).isEqualTo(first.out());
    assertThat(model.resolve(ModelDescription.FILE)).hasBinaryContent(before);
    assertThat(folder.resolve("model.training/model.draft")).doesNotExist();
  }

  @Test
  void should_refuse_before_anything_is_written() throws Exception {
    Files.createDirectories(model);
    assertThat(train("1").err()).contains("is there already, and is not a model");
    assertThat(train("1", "--force").err()).contains("is not a model; name another folder");
    Files.delete(model);

    assertThat(train("0").err()).contains("--epochs: expected >= 1, is 0");
    assertThat(train("1", "--backbone", "mobilenet-v2").err()).contains("--weights: missing");
    assertThat(train("1", "--backbone", "vgg").err())
        .contains("expected small-cnn, resnet or mobilenet-v2, is 'vgg'");
    CommandRun within =
        CommandRun.of("train", "--data", data.toString(), "--out", data.resolve("m").toString());
    assertThat(within.err()).contains("--out: expected a folder outside of " + data);
    CommandRun nowhere =
        CommandRun.of("train", "--data", folder.resolve("no").toString(), "--out", "x");
    assertThat(nowhere.err()).contains("there is no such folder", "DIR/train/cat/1.jpg");
    assertThat(List.of(train("0").code(), nowhere.code())).containsOnly(ExitCodes.USAGE);
    assertThat(folder.resolve("model.training")).doesNotExist();
  }

  @Test
  void should_say_what_is_no_model() {
    CommandRun run = CommandRun.of("predict", folder.toString(), "image.png");

    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.err()).contains("not a model, for it has no model.json");
  }

  @Test
  void should_say_where_the_description_of_a_model_is_broken() throws Exception {
    Files.createDirectories(model);
    Path file = Files.writeString(model.resolve(ModelDescription.FILE), "{\n  \"classes\": [3");
    CommandRun cut = CommandRun.of("predict", model.toString(), "image.png");
    Files.writeString(file, "{\n  \"classe\": []}");
    CommandRun misspelt = CommandRun.of("predict", model.toString(), "image.png");

    assertThat(cut.code()).isEqualTo(ExitCodes.FAILED);
    assertThat(cut.err())
        .startsWith("equipoise: " + file + ": not a model of this version: line 2, column ")
        .doesNotContain("Source", "REDACTED");
    assertThat(misspelt.err()).contains("line 2, column 15: Missing creator property 'format'");
  }
}
