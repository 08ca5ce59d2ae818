package org.equipoise.experiments.report;

import freemarker.core.CommonTemplateMarkupOutputModel;

/** A piece of Markdown on its way through a template. */
final class MarkdownText extends CommonTemplateMarkupOutputModel<MarkdownText> {

  MarkdownText(String plain, String markup) {
    super(plain, markup);
  }

  @Override
  public MarkdownOutput getOutputFormat() {
    return MarkdownOutput.INSTANCE;
  }
}
