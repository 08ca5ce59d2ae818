package org.equipoise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.RecordedExperiment;
import org.equipoise.experiments.report.ExperimentReport;
import org.equipoise.experiments.report.MarkdownReport;
import org.equipoise.experiments.report.TextTable;

/** Writes the report of a study and shows its table. */
final class ReportOutput {

  private ReportOutput() {}

  static void write(ExperimentFolder folder, PrintWriter out) throws IOException {
    ExperimentReport report = ExperimentReport.of(RecordedExperiment.read(folder));
    Path file = folder.report();
    DurableFiles.write(file, MarkdownReport.text(report));
    out.print(TextTable.of(report));
    out.println();
    out.println("In percent: mean ± standard deviation over n seeds.");
    ConflictLines.brief(report.conflicts()).forEach(out::println);
    if (!report.missing().isEmpty()) {
      out.println(report.missing().size() + " of " + report.planned() + " runs are missing.");
    }
    out.println("Report: " + file);
    out.flush();
  }
}
