package org.equipoise.experiments.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BiConsumer;

/**
 * The batches of an epoch, of which some are announced before they are due.
 *
 * <p>At most so many are drawn ahead as may be, so whoever takes slowly makes nothing pile up.
 */
final class BatchesAhead implements Iterator<int[]> {

  private final Iterator<int[]> batches;
  private final int lookAhead;
  private final BiConsumer<Integer, int[]> announce;
  private final Deque<int[]> drawn = new ArrayDeque<>();
  private int announced;

  /**
   * Looks ahead.
   *
   * @param batches the batches; drawn from ahead of time
   * @param lookAhead how many may be announced and not yet taken; 0 for none
   * @param announce is told of each batch, with its place from 0, in order, before it is taken
   */
  BatchesAhead(Iterator<int[]> batches, int lookAhead, BiConsumer<Integer, int[]> announce) {
    this.batches = batches;
    this.lookAhead = lookAhead;
    this.announce = announce;
  }

  @Override
  public boolean hasNext() {
    return !drawn.isEmpty() || batches.hasNext();
  }

  @Override
  public int[] next() {
    while (drawn.size() < lookAhead && batches.hasNext()) {
      int[] batch = batches.next();
      announce.accept(announced++, batch);
      drawn.add(batch);
    }
    return drawn.isEmpty() ? batches.next() : drawn.remove();
  }
}
