package dev.sluice.e2e.argocd;

import dev.sluice.e2e.harness.OnCluster;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link ArgoCd} of a run to the tests that ask for it; where it can't be started
 * they are skipped, or fail with {@code -Dsluice.e2e=required}.
 */
final class OnArgoCd implements ExecutionCondition, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(OnArgoCd.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    try {
      return ConditionEvaluationResult.enabled("Applications are in " + argo(context).namespace());
    } catch (AssertionError e) {
      if ("required".equals(System.getProperty("sluice.e2e"))) {
        throw e;
      }
      return ConditionEvaluationResult.disabled("no Argo CD: " + e.getMessage());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ArgoCd.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return argo(context);
  }

  private static ArgoCd argo(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            ArgoCd.class, _ -> ArgoCd.start(OnCluster.shared(context, "argocd")), ArgoCd.class);
  }
}
