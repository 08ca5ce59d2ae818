package org.equipoise.experiments.report;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A report as Markdown, as it is shown by code hosts and read in editors. */
public final class MarkdownReport {

  private static final String TEMPLATE = "report.md.ftl";
  private static final Configuration TEMPLATES = templates();

  private MarkdownReport() {}

  private static Configuration templates() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(MarkdownReport.class, "");
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ROOT);
    configuration.setOutputFormat(MarkdownOutput.INSTANCE);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setFallbackOnNullLoopVariable(false);
    return configuration;
  }

  /**
   * Returns a report as text.
   *
   * @param report the report
   * @return Markdown, in GitHub's flavour; equal for equal reports
   */
  public static String text(ExperimentReport report) {
    StringWriter text = new StringWriter();
    try {
      TEMPLATES.getTemplate(TEMPLATE).process(new MarkdownView(report).model(), text);
    } catch (TemplateException e) {
      throw new IllegalStateException("the report's template does not fit its data", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the report's template is not on the class path", e);
    }
    return text.toString();
  }
}
