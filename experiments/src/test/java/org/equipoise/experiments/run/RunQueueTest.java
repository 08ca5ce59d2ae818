package org.equipoise.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunQueueTest {

  private static final Map<String, Set<String>> STAGES =
      Map.of(
          "softmax-1", Set.of("base-1"),
          "softmax-2", Set.of("base-2"),
          "crt-1", Set.of("base-1", "crt-1"),
          "crt-2", Set.of("base-2", "crt-2"),
          "focal-1", Set.of("focal-1"));

  private final Set<String> cached = new HashSet<>();

  private RunQueue<String> queue(String... runs) {
    return new RunQueue<>(
        List.of(runs),
        run ->
            STAGES.get(run).stream()
                .filter(key -> !cached.contains(key))
                .collect(Collectors.toSet()));
  }

  @Test
  void should_keep_the_order_of_the_plan_if_nothing_is_shared() {
    RunQueue<String> queue = queue("softmax-1", "softmax-2", "focal-1");

    assertThat(queue.next()).contains("softmax-1");
    assertThat(queue.next()).contains("softmax-2");
    assertThat(queue.next()).contains("focal-1");
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void should_let_a_run_with_work_go_first_if_the_next_would_wait_for_a_stage() {
    RunQueue<String> queue = queue("softmax-1", "crt-1", "focal-1");

    assertThat(queue.next()).contains("softmax-1");
    assertThat(queue.next()).contains("focal-1");
    assertThat(queue.next()).contains("crt-1");
  }

  @Test
  void should_not_pass_over_a_run_if_the_stage_it_shares_is_done_meanwhile() {
    RunQueue<String> queue = queue("softmax-1", "crt-1", "focal-1");

    assertThat(queue.next()).contains("softmax-1");
    cached.add("base-1");
    assertThat(queue.next()).contains("crt-1");
  }

  @Test
  void should_not_pass_over_a_run_if_the_one_that_had_the_stage_has_failed() {
    RunQueue<String> queue = queue("softmax-1", "crt-1", "focal-1");

    assertThat(queue.next()).contains("softmax-1");
    queue.finished("softmax-1");
    assertThat(queue.next()).contains("crt-1");
  }

  @Test
  void should_start_those_that_share_a_stage_after_it_is_there_if_others_have_work() {
    RunQueue<String> queue = queue("softmax-1", "crt-1", "softmax-2", "crt-2", "focal-1");

    assertThat(queue.next()).contains("softmax-1");
    assertThat(queue.next()).contains("softmax-2");
    assertThat(queue.next()).contains("focal-1");
    queue.finished("focal-1");
    cached.add("base-2");
    assertThat(queue.next()).contains("crt-2");
    cached.add("base-1");
    assertThat(queue.next()).contains("crt-1");
  }

  @Test
  void should_start_a_run_that_waits_if_nothing_else_is_left() {
    RunQueue<String> queue = queue("crt-1", "softmax-1");

    assertThat(queue.next()).contains("crt-1");
    assertThat(queue.next()).contains("softmax-1");
    assertThat(queue.next()).isEmpty();
  }
}
