package dev.sluice.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which variables of {@code spec.pod.env} Sluice's own runner takes. Others reach into its process:
 * LD_PRELOAD loads native code, LIQUIBASE_* turns off how it reads a changelog.
 */
public final class RunnerVariables {
  /** Whole names. */
  public static final String PATTERN =
      "^((HTTP|HTTPS|NO|ALL)_PROXY|(http|https|no|all)_proxy|TZ|(AWS|OTEL|DD|APP)_[A-Za-z0-9_]+)$";

  /** What is said of another one, after its name. */
  public static final String INSTEAD =
      ": the Sluice runner takes proxies (HTTPS_PROXY ...), AWS_*, TZ, OTEL_*, DD_* and APP_* only;"
          + " put a changelog's values into spec.changelog.parameters or parametersFrom";

  private static final Pattern TAKEN = Pattern.compile(PATTERN);

  private RunnerVariables() {}

  public static boolean isTaken(String name) {
    return TAKEN.matcher(name).matches();
  }

  /** The first that our runner doesn't take. */
  public static Optional<String> problem(List<PodEnvVar> env) {
    return env.stream()
        .map(PodEnvVar::name)
        .filter(name -> !isTaken(name))
        .findFirst()
        .map(name -> "spec.pod.env must not set " + name + INSTEAD);
  }
}
