package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is wrong with a file or folder: gathered, and told at once, but not without end. */
final class Complaints {

  private static final int SHOWN = 20;
  // A line of a file that is no list may be all of it.
  private static final int LONGEST = 300;

  private final List<String> shown = new ArrayList<>();
  private int found;

  void add(String complaint) {
    found++;
    if (shown.size() < SHOWN) {
      shown.add(
          complaint.length() <= LONGEST ? complaint : complaint.substring(0, LONGEST) + "...");
    }
  }

  void addAll(Collection<?> complaints) {
    complaints.forEach(complaint -> add(complaint.toString()));
  }

  /** Throws if there is any: where, how many problems, and one a line. */
  void throwIfAny(Object where) throws IOException {
    if (found > 0) {
      throw new IOException(text(where));
    }
  }

  private String text(Object where) {
    String count = found == 1 ? "1 problem" : found + " problems";
    String rest = found > shown.size() ? "\n  and " + (found - shown.size()) + " more" : "";
    return where + " has " + count + "\n  " + String.join("\n  ", shown) + rest;
  }
}
