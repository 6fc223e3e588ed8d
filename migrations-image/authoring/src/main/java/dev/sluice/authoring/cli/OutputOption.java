package dev.sluice.authoring.cli;

import picocli.CommandLine.Option;

/** In which form a verb says what it did. */
final class OutputOption {
  enum Form {
    TEXT,
    JSON
  }

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: one object on stdout (default: text)")
  Form form = Form.TEXT;

  boolean json() {
    return form == Form.JSON;
  }
}
