package org.equipoise.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.inspection.ClassSummary;
import org.equipoise.experiments.data.inspection.DuplicateFiles;
import org.equipoise.experiments.data.inspection.FolderInspection;
import org.equipoise.experiments.data.inspection.PlacedFile;

/** What was found in a folder of images, as lines of at most 80 columns. */
final class InspectionText {

  private static final int WIDTH = 80;
  private static final int MOST_CLASSES = 24;
  private static final int MOST_FILES = 10;
  private static final int LONGEST_NAME = 24;
  private static final String INDENT = "  ";

  private final FolderInspection found;
  private final List<String> splits;
  private final List<String> lines = new ArrayList<>();

  private InspectionText(FolderInspection found) {
    this.found = found;
    this.splits =
        List.of(FolderScan.ALL, FolderScan.TRAIN, FolderScan.VAL, FolderScan.TEST).stream()
            .filter(split -> found.images().containsKey(split))
            .toList();
  }

  static List<String> of(FolderInspection found) {
    InspectionText text = new InspectionText(found);
    text.summary();
    text.histogram();
    text.files();
    text.suggestions();
    return text.lines;
  }

  private void summary() {
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d classes, %s",
            found.folder(),
            found.classes().size(),
            splits.stream().map(this::images).collect(Collectors.joining(", "))));
    String factor =
        found.imbalanceFactor().isPresent()
            ? String.format(Locale.ROOT, "%.1f", found.imbalanceFactor().getAsDouble())
            : "undefined, for a class is empty";
    lines.add(
        String.format(
            Locale.ROOT,
            "Imbalance factor %s; many (> 100): %d, medium (20-100): %d, few (< 20): %d",
            factor,
            classesOf(ShotGroup.MANY),
            classesOf(ShotGroup.MEDIUM),
            classesOf(ShotGroup.FEW)));
  }

  private String images(String split) {
    int count = found.images().get(split);
    return split.equals(FolderScan.ALL)
        ? String.format(Locale.ROOT, "%,d images", count)
        : String.format(Locale.ROOT, "%s %,d", split, count);
  }

  private long classesOf(ShotGroup group) {
    return found.classes().stream().filter(one -> one.group() == group).count();
  }

  private void histogram() {
    List<ClassSummary> byCount =
        found.classes().stream()
            .sorted(
                Comparator.<ClassSummary>comparingInt(found::trainable)
                    .reversed()
                    .thenComparing(ClassSummary::name))
            .toList();
    boolean capped = byCount.size() > MOST_CLASSES;
    List<ClassSummary> head = capped ? byCount.subList(0, MOST_CLASSES / 2) : byCount;
    List<ClassSummary> tail =
        capped ? byCount.subList(byCount.size() - MOST_CLASSES / 2, byCount.size()) : List.of();
    List<ClassSummary> shown = new ArrayList<>(head);
    shown.addAll(tail);
    int names =
        Math.min(LONGEST_NAME, shown.stream().mapToInt(one -> one.name().length()).max().orElse(0));
    int longest = found.trainable(byCount.get(0));
    lines.add("");
    String titles = splits.stream().map(split -> cell(split)).collect(Collectors.joining());
    lines.add(INDENT + " ".repeat(names) + titles);
    head.forEach(one -> lines.add(row(one, names, longest)));
    if (capped) {
      lines.add(
          String.format(
              Locale.ROOT, "%s... %,d more classes ...", INDENT, byCount.size() - shown.size()));
    }
    tail.forEach(one -> lines.add(row(one, names, longest)));
  }

  private String row(ClassSummary one, int names, int longest) {
    StringBuilder row = new StringBuilder(INDENT);
    String name = shortened(one.name(), names);
    row.append(name).append(" ".repeat(names - name.length()));
    for (String split : splits) {
      row.append(cell(String.format(Locale.ROOT, "%,d", one.images().get(split))));
    }
    row.append(INDENT);
    int room = WIDTH - row.length();
    int count = found.trainable(one);
    int length = (int) Math.round((double) room * count / Math.max(1, longest));
    return row.append("█".repeat(count > 0 ? Math.max(1, length) : 0)).toString().stripTrailing();
  }

  private static String cell(String text) {
    return String.format(Locale.ROOT, "%8s", text);
  }

  private static String shortened(String name, int width) {
    return name.length() <= width ? name : name.substring(0, width - 1) + "…";
  }

  private void files() {
    listed("Problems", found.problems(), problem -> List.of(problem));
    listed(
        "Unreadable files", found.unreadable(), file -> List.of(file.name() + " " + file.reason()));
    listed("The same image in several splits", found.leaks(), group -> names(group));
    listed(
        "The same image more than once within a split",
        found.duplicates().stream().filter(group -> !group.acrossSplits()).toList(),
        group -> names(group));
    listed(
        "Not looked at, for they are neither JPEG nor PNG by name, or as said",
        found.ignored(),
        name -> List.of(name));
    listed(
        "Classes with fewer than " + FolderInspection.FEWEST + " images to train on",
        found.tiny(),
        one -> List.of(one.name() + ": " + found.trainable(one)));
    if (!found.decoded()) {
      lines.add("");
      lines.add("Of each file, header and end were looked at; --decode reads all of it.");
    }
  }

  private static List<String> names(DuplicateFiles group) {
    List<String> names = new ArrayList<>();
    for (PlacedFile file : group.files()) {
      names.add((names.isEmpty() ? "" : "= ") + file.name());
    }
    return group.acrossClasses() ? withClasses(names) : names;
  }

  private static List<String> withClasses(List<String> names) {
    List<String> said = new ArrayList<>(names);
    said.set(0, said.get(0) + "   (in several classes)");
    return said;
  }

  private <T> void listed(String title, List<T> items, Function<T, List<String>> text) {
    if (items.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(String.format(Locale.ROOT, "%s: %,d", title, items.size()));
    for (T item : items.subList(0, Math.min(MOST_FILES, items.size()))) {
      text.apply(item).forEach(line -> lines.add(INDENT + line));
    }
    if (items.size() > MOST_FILES) {
      lines.add(
          String.format(
              Locale.ROOT, "%sand %,d more; --json has all", INDENT, items.size() - MOST_FILES));
    }
  }

  private void suggestions() {
    if (found.suggestions().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Suggestions");
    lines.addAll(
        Columns.of(
            found.suggestions().stream().map(text -> new Columns.Row("-", text)).toList(), WIDTH));
  }
}
