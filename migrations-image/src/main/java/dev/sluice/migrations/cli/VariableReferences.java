package dev.sluice.migrations.cli;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kubernetes' {@code $(NAME)}: an unknown one stays as it is, {@code $$} is a dollar. */
record VariableReferences(Function<String, @Nullable String> values) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:\\$|\\((?<name>[-._a-zA-Z][-._a-zA-Z0-9]*)\\))");

  String expanded(String text) {
    return REFERENCE.matcher(text).replaceAll(at -> Matcher.quoteReplacement(one(at.group())));
  }

  private String one(String reference) {
    if (reference.equals("$$")) {
      return "$";
    }
    var value = values.apply(reference.substring(2, reference.length() - 1));
    return value == null ? reference : value;
  }
}
