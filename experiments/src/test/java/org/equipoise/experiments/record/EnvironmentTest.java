package org.equipoise.experiments.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

  @TempDir private Path folder;

  @Test
  void should_name_every_entry_in_the_order_of_the_record_if_captured() {
    Environment environment = Environment.capture("PyTorch 2.7.1", 2);

    assertThat(environment.entries().keySet())
        .containsExactly(
            java.util.Arrays.stream(Environment.class.getRecordComponents())
                .map(java.lang.reflect.RecordComponent::getName)
                .toArray(String[]::new));
    assertThat(environment.entries().values()).noneMatch(String::isBlank);
    assertThat(environment.entries()).containsEntry("threads", "2");
  }

  @Test
  void should_read_the_model_name_if_there_are_several_processors() throws IOException {
    Path info = folder.resolve("cpuinfo");
    Files.writeString(
        info, "processor\t: 0\nmodel name\t: Some CPU @ 2.0 GHz\nprocessor\t: 1\nmodel name : B\n");

    assertThat(Environment.cpuModel(info)).isEqualTo("Some CPU @ 2.0 GHz");
    assertThat(Environment.cpuModel(folder.resolve("none"))).isNotBlank();
  }
}
