package org.equipoise.experiments.report;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.Writer;

/** Escapes whatever a template inserts, so that no name can break a table or become markup. */
final class MarkdownOutput extends CommonMarkupOutputFormat<MarkdownText> {

  static final MarkdownOutput INSTANCE = new MarkdownOutput();

  private MarkdownOutput() {}

  @Override
  public String getName() {
    return "Markdown";
  }

  @Override
  public String getMimeType() {
    return "text/markdown";
  }

  @Override
  public void output(String text, Writer out) throws IOException, TemplateModelException {
    out.write(escapePlainText(text));
  }

  @Override
  public String escapePlainText(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '|', '\\', '`', '*', '_', '[', ']', '~', '#' ->
                    escaped.append('\\').appendCodePoint(point);
                default -> escaped.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
              }
            });
    return escaped.toString();
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String builtIn) {
    return false;
  }

  @Override
  protected MarkdownText newTemplateMarkupOutputModel(String plain, String markup) {
    return new MarkdownText(plain, markup);
  }
}
