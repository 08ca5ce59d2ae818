package org.equipoise.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What can only be seen at the engine's start, in a JVM of its own. */
class EngineStartTest {

  @Test
  void should_open_no_connection_and_use_the_threads_asked_for() throws Exception {
    List<String> lines =
        ForkedJvm.run(
            List.of("-Xmx256m", "-Dai.djl.pytorch.num_threads=1"), OfflineStart.class, "2");

    assertThat(lines).contains("SUM 3.0", "THREADS 2");
    assertThat(lines).noneMatch(line -> line.startsWith("CONNECT"));
  }
}
