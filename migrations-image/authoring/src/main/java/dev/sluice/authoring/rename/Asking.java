package dev.sluice.authoring.rename;

/** Whoever is asked what nothing has settled. */
@FunctionalInterface
public interface Asking {
  Asking NOBODY = _ -> new Answer.Open();

  Answer of(Question question);
}
