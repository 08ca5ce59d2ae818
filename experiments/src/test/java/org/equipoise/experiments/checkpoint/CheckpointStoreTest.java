package org.equipoise.experiments.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.experiments.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  @TempDir Path parent;
  private Path folder;
  private NDManager manager;
  private CheckpointStore<State> store;

  record State(double sum, long count) {}

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    folder = parent.resolve("checkpoints");
    store = new CheckpointStore<>(folder, State.class);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void should_have_none_if_none_was_saved() throws IOException {
    assertThat(store.newest(manager)).isEmpty();
  }

  @Test
  void should_give_back_state_and_arrays_to_the_bit() throws IOException {
    double awkward = 0.1 + 0.2;
    Path saved = store.save(12, new State(awkward, Long.MAX_VALUE), weights(1.5f));

    CheckpointStore.Loaded<State> loaded = store.newest(manager).orElseThrow();

    assertThat(loaded.path()).isEqualTo(saved);
    assertThat(loaded.state()).isEqualTo(new State(awkward, Long.MAX_VALUE));
    assertThat(loaded.arrays().get("w").toFloatArray()).containsExactly(1.5f);
  }

  @Test
  void should_keep_the_newest_two() throws IOException {
    for (int step : new int[] {9, 10, 100, 1000}) {
      store.save(step, new State(0, step), weights(step));
    }

    assertThat(names()).containsExactly("step-000000100", "step-000001000");
    assertThat(newestCount()).isEqualTo(1000);
  }

  @Test
  void should_fall_back_to_the_one_before_if_any_file_of_the_newest_is_damaged()
      throws IOException {
    for (String file : List.of("arrays.safetensors", "state.json", "SHA256SUMS")) {
      store.save(1, new State(0, 1), weights(1));
      Path newest = store.save(2, new State(0, 2), weights(2));
      byte[] bytes = Files.readAllBytes(newest.resolve(file));
      bytes[bytes.length / 2] ^= 1;
      Files.write(newest.resolve(file), bytes);

      assertThat(newestCount()).as("damaged %s", file).isEqualTo(1);
      store.clear();
    }
  }

  @Test
  void should_fall_back_to_the_one_before_if_a_file_of_the_newest_is_missing_or_cut()
      throws IOException {
    store.save(1, new State(0, 1), weights(1));
    Path newest = store.save(2, new State(0, 2), weights(2));
    Path arrays = newest.resolve("arrays.safetensors");
    byte[] bytes = Files.readAllBytes(arrays);

    Files.write(arrays, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(newestCount()).isEqualTo(1);
    Files.delete(arrays);
    assertThat(newestCount()).isEqualTo(1);
  }

  @Test
  void should_replace_a_damaged_one_if_its_step_is_reached_again() throws IOException {
    store.save(1, new State(0, 1), weights(1));
    Path newest = store.save(2, new State(0, 2), weights(2));
    Files.delete(newest.resolve("SHA256SUMS"));

    store.save(2, new State(0, 22), weights(2));

    assertThat(newestCount()).isEqualTo(22);
    assertThat(names()).containsExactly("step-000000001", "step-000000002");
  }

  @Test
  void should_pass_over_what_a_killed_writer_left() throws IOException {
    store.save(1, new State(0, 1), weights(1));
    Files.createDirectory(folder.resolve(".writing"));
    Files.writeString(folder.resolve(".writing").resolve("state.json"), "half");

    assertThat(newestCount()).isEqualTo(1);
    store.save(2, new State(0, 2), weights(2));

    assertThat(names()).containsExactly("step-000000001", "step-000000002");
  }

  @Test
  void should_leave_no_half_checkpoint_under_a_final_name_if_writing_fails() throws IOException {
    store.save(1, new State(0, 1), weights(1));
    NDArray closed = manager.create(new float[] {2});
    closed.close();

    assertThatThrownBy(() -> store.save(2, new State(0, 2), Map.of("w", closed)))
        .isInstanceOf(RuntimeException.class);

    assertThat(newestCount()).isEqualTo(1);
    assertThat(names()).contains("step-000000001").doesNotContain("step-000000002");
  }

  @Test
  void should_be_empty_once_cleared() throws IOException {
    store.save(1, new State(0, 1), weights(1));

    store.clear();

    assertThat(folder).doesNotExist();
    assertThat(store.newest(manager)).isEmpty();
  }

  private long newestCount() throws IOException {
    Optional<CheckpointStore.Loaded<State>> newest = store.newest(manager);
    return newest.orElseThrow().state().count();
  }

  private Map<String, NDArray> weights(float value) {
    return Map.of("w", manager.create(new float[] {value}));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
