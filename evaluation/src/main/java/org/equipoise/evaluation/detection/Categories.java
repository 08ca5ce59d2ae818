package org.equipoise.evaluation.detection;

import java.util.Comparator;
import java.util.List;

/** The categories of a data set, in ascending order of their ids. Immutable. */
public final class Categories {

  private final List<Category> ascending;
  private final Ids ids;

  private Categories(List<Category> ascending) {
    this.ascending = ascending;
    this.ids = Ids.of("categories", ascending.stream().mapToLong(Category::id).toArray());
  }

  /**
   * Sorts categories.
   *
   * @param categories the categories in any order
   * @return the same, by id
   * @throws IllegalArgumentException if an id is there twice
   */
  public static Categories of(List<Category> categories) {
    return new Categories(
        categories.stream().sorted(Comparator.comparingLong(Category::id)).toList());
  }

  /**
   * Returns the categories.
   *
   * @return in ascending order of ids
   */
  public List<Category> list() {
    return ascending;
  }

  int size() {
    return ascending.size();
  }

  /** Returns the place of an id, negative if it is not there. */
  int indexOf(long id) {
    return ids.indexOf(id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Categories categories && ascending.equals(categories.ascending);
  }

  @Override
  public int hashCode() {
    return ascending.hashCode();
  }
}
