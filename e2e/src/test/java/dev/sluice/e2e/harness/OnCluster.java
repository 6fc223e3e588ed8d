package dev.sluice.e2e.harness;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a test class on a cluster, with a {@link Site} as a parameter; where no cluster can be had
 * it is skipped, or fails with {@code -Dsluice.e2e=required}.
 */
public final class OnCluster
    implements ExecutionCondition, ParameterResolver, AfterTestExecutionCallback {

  private static final Namespace NAMESPACE = Namespace.create(OnCluster.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return switch (choice(context)) {
      case ClusterChoice.Chosen _ -> ConditionEvaluationResult.enabled("there is a cluster");
      case ClusterChoice.None(var reason) -> {
        if ("required".equals(System.getProperty("sluice.e2e"))) {
          throw new IllegalStateException("no cluster: " + reason);
        }
        yield ConditionEvaluationResult.disabled("no cluster: " + reason);
      }
    };
  }

  private static ClusterChoice choice(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(ClusterChoice.class, _ -> choose(), ClusterChoice.class);
  }

  private static ClusterChoice choose() {
    var choice = ClusterChoice.make(Repository.ofThisBuild());
    if (choice instanceof ClusterChoice.None(var reason)) {
      System.err.println("e2e: no cluster: " + reason);
    }
    return choice;
  }

  private static Stage stage(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(StageMaking.class, _ -> make(choice(context)), StageMaking.class)
        .stage();
  }

  private static StageMaking make(ClusterChoice choice) {
    return switch (choice) {
      case ClusterChoice.Chosen(var cluster) ->
          StageMaking.of(() -> new Stage(Repository.ofThisBuild(), cluster));
      case ClusterChoice.None(var reason) ->
          StageMaking.of(() -> {
            throw new IllegalStateException(reason);
          });
    };
  }

  /** One a class; it goes with the class. */
  private static Site site(ExtensionContext context) {
    var ofClass = context.getTestMethod().isPresent() ? parent(context) : context;
    var name = context.getRequiredTestClass().getSimpleName().replaceFirst("E2E$", "");
    return ofClass
        .getStore(NAMESPACE)
        .computeIfAbsent(
            Site.class, _ -> stage(context).site(name.toLowerCase(Locale.ROOT)), Site.class);
  }

  /** A namespace for what several classes share; whoever asks for it closes it. */
  public static Site shared(ExtensionContext context, String name) {
    return stage(context).site(name);
  }

  private static ExtensionContext parent(ExtensionContext context) {
    var at = context;
    while (at.getTestMethod().isPresent()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return site(context);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      var test =
          context.getRequiredTestClass().getSimpleName()
              + "."
              + context.getRequiredTestMethod().getName();
      Diagnostics.write(stage(context), site(context), test);
    }
  }
}
