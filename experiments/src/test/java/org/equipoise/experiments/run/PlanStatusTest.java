package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class PlanStatusTest {

  @TempDir private Path folder;

  @Test
  void should_say_what_is_done_cached_shared_and_to_do_if_some_of_it_is_there() throws Exception {
    TinyExperiment tiny =
        TinyExperiment.of(
            folder, List.of("seeds=[1,2]"), TinyExperiment.SOFTMAX, TinyExperiment.CRT);

    PlanStatus before = tiny.status();

    assertThat(tiny.folder().root()).doesNotExist();
    assertThat(before.runs())
        .extracting(PlanStatus.RunStatus::arm, PlanStatus.RunStatus::seed)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("softmax", 1L),
            org.assertj.core.api.Assertions.tuple("softmax", 2L),
            org.assertj.core.api.Assertions.tuple("crt", 1L),
            org.assertj.core.api.Assertions.tuple("crt", 2L));
    assertThat(before.runs()).noneMatch(PlanStatus.RunStatus::done);
    assertThat(before.runs().get(0).stages().get(0).sharedWith()).isEmpty();
    assertThat(before.runs().get(2).stages().get(0).sharedWith()).contains("softmax/1");
    assertThat(before.runs().get(2).stages().get(1).sharedWith()).isEmpty();
    assertThat(before.runs())
        .flatExtracting(PlanStatus.RunStatus::stages)
        .extracting("epochs")
        .containsExactly(2, 2, 2, 1, 2, 1);

    // WHEN one of the four runs is done
    assertThat(tiny.startWorker("softmax", 2).waitFor()).isZero();
    PlanStatus after = tiny.status();

    assertThat(after.runs())
        .extracting(PlanStatus.RunStatus::done)
        .containsExactly(false, true, false, false);
    assertThat(after.runs())
        .flatExtracting(PlanStatus.RunStatus::stages)
        .extracting("cached")
        .containsExactly(false, true, false, false, true, false);

    // WHEN its record is of another version
    Path record = tiny.runFolder("softmax", 2).record();
    Files.writeString(record, Files.readString(record).replace("\"arm\"", "\"branch\""));

    assertThat(tiny.status().runs().get(1).done()).isFalse();
    assertThat(tiny.status().runs().get(1).outdated().orElseThrow())
        .contains("not a RunRecord of this version");
  }
}
