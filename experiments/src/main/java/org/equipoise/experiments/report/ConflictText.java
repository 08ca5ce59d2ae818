package org.equipoise.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.experiments.record.Conflict;
import org.equipoise.experiments.record.Conflict.Standing;

/** Conflicts between parts, as texts for people. */
public final class ConflictText {

  private ConflictText() {}

  /**
   * Returns how a conflict is to be taken, which it is and where.
   *
   * @param conflict the conflict
   * @return such as {@code Warning double-prior-correction, arm "crt", stage "classifier"}
   */
  public static String title(Conflict conflict) {
    String standing = conflict.standing().name();
    return standing.charAt(0)
        + standing.substring(1).toLowerCase(Locale.ROOT)
        + " "
        + conflict.kind()
        + ", arm \""
        + conflict.arm()
        + "\", stage \""
        + conflict.stage()
        + "\"";
  }

  /**
   * Returns all there is to say about a conflict, before anything runs.
   *
   * @param conflict the conflict
   * @return the title; then what, why and how to accept it, as far as it is not accepted already
   */
  public static List<String> lines(Conflict conflict) {
    List<String> lines = new ArrayList<>();
    lines.add(title(conflict));
    lines.add(conflict.what());
    if (conflict.standing() != Standing.ACCEPTED) {
      lines.add(conflict.why());
    }
    if (conflict.standing() == Standing.WARNING) {
      lines.add("If it is meant, say so: " + conflict.acceptance() + " in this arm.");
    }
    return lines;
  }
}
