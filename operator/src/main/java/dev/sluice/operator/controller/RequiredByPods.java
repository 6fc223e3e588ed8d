package dev.sluice.operator.controller;

import java.util.List;

/** Which revisions of a migration pods of its namespace require. */
public interface RequiredByPods {
  /** Nobody waits at a gate. */
  RequiredByPods NONE =
      new RequiredByPods() {
        @Override
        public List<String> waiting(String namespace, String migration) {
          return List.of();
        }

        @Override
        public List<String> existing(String namespace, String migration) {
          return List.of();
        }
      };

  /** Those of pods that wait, by the cache. */
  List<String> waiting(String namespace, String migration);

  /** Those of all pods, by the API server: a pod that runs may have to start again elsewhere. */
  List<String> existing(String namespace, String migration);
}
