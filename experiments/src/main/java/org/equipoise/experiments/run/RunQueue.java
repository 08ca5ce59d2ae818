package org.equipoise.experiments.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The order in which runs get a slot: that of the plan, except that a run whose next stage is being
 * trained by another lets those go first that have something to do.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <T> a run; runs are told apart by {@code equals}
 */
final class RunQueue<T> {

  private final List<T> waiting;
  private final List<T> running = new ArrayList<>();
  private final Function<T, Set<String>> missingStages;

  /**
   * Lines runs up.
   *
   * @param runs the runs, in the order of the plan
   * @param missingStages the keys of the stages that a run needs and that are not in the cache;
   *     asked whenever a slot is free
   */
  RunQueue(List<T> runs, Function<T, Set<String>> missingStages) {
    this.waiting = new ArrayList<>(runs);
    this.missingStages = missingStages;
  }

  /** Takes the next run, if any is left. */
  Optional<T> next() {
    Set<String> taken = new HashSet<>();
    running.forEach(run -> taken.addAll(missingStages.apply(run)));
    Optional<T> free =
        waiting.stream()
            .filter(run -> Collections.disjoint(missingStages.apply(run), taken))
            .findFirst();
    // Where all are blocked, the first waits in its own process, ready to go on at once: the slot
    // has no better use.
    Optional<T> next = free.or(() -> waiting.stream().findFirst());
    next.ifPresent(
        run -> {
          waiting.remove(run);
          running.add(run);
        });
    return next;
  }

  /** Gives back the slot of a run. */
  void finished(T run) {
    running.remove(run);
  }
}
