package dev.sluice.e2e.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The tests need programs that {@code e2e/cluster/build} makes: where it can't, they are skipped,
 * or fail with {@code -Dsluice.e2e=required}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithPrograms.Built.class)
public @interface WithPrograms {

  /** As that script calls them. */
  String[] value();

  /** Builds them before the class. */
  final class Built implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context
          .getElement()
          .map(element -> element.getAnnotation(WithPrograms.class))
          .map(programs -> build(List.of(programs.value())))
          .orElseGet(() -> ConditionEvaluationResult.enabled("no programs are asked for"));
    }

    private static ConditionEvaluationResult build(List<String> programs) {
      try {
        Repository.ofThisBuild().script("e2e/cluster/build", programs);
        return ConditionEvaluationResult.enabled("there are " + programs);
      } catch (Program.FailedException e) {
        if ("required".equals(System.getProperty("sluice.e2e"))) {
          throw e;
        }
        return ConditionEvaluationResult.disabled(String.valueOf(e.getMessage()));
      }
    }
  }
}
