package org.equipoise.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.equipoise.api.data.DataContext;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.data.ImageExamples;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.testkit.SpecContract;
import org.junit.jupiter.api.Test;

class FashionMnistLtMiniTest implements SpecContract<DatasetSpec> {

  @Override
  public DatasetSpec spec() {
    return new FashionMnistLtMini();
  }

  @Override
  public String expectedTypeName() {
    return "fashion-mnist-lt-mini";
  }

  @Test
  void should_have_the_published_counts() throws IOException {
    LabelledData data = load();

    assertThat(data.classNames()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
    assertThat(data.published())
        .isEqualTo(ClassCounts.of(1000, 599, 359, 215, 129, 77, 46, 27, 16, 10));
    assertThat(ClassCounts.ofLabels(data.train().labels(), 10)).isEqualTo(data.published());
    assertThat(ClassCounts.ofLabels(data.test().labels(), 10))
        .isEqualTo(ClassCounts.of(200, 200, 200, 200, 200, 200, 200, 200, 200, 200));
  }

  @Test
  void should_have_pinned_fingerprints() throws IOException {
    assertThat(load().fingerprints())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "train", "3693cc0b973cf156a1e73cf19dba63e26b128497f17346b211644e51c680a641",
                "test", "1c29f0f9fca52e8659b07c9c93e585f71cc021344e546bf0cf28957c6a2f22c9"));
  }

  // Balanced classes, so its pixels are distributed as in the full set that mean and std are of.
  @Test
  void should_normalise_the_test_split_to_about_zero_and_one() throws IOException {
    ImageExamples test = (ImageExamples) load().test();
    ByteBuffer pixels = test.pixels();
    double sum = 0;
    double squares = 0;
    int n = pixels.remaining();
    while (pixels.hasRemaining()) {
      double value =
          (Byte.toUnsignedInt(pixels.get()) / 255.0 - test.format().mean().get(0))
              / test.format().std().get(0);
      sum += value;
      squares += value * value;
    }

    assertThat(test.format().height()).isEqualTo(28);
    assertThat(test.format().width()).isEqualTo(28);
    assertThat(sum / n).isCloseTo(0, within(0.05));
    assertThat(Math.sqrt(squares / n)).isCloseTo(1, within(0.05));
  }

  private static LabelledData load() throws IOException {
    return new FashionMnistLtMini().load(new DataContext(Path.of("nowhere"), false));
  }
}
