package dev.sluice.operator.observation;

import java.util.Arrays;
import java.util.Optional;

/** What a container in the pod of a run is there for. */
public enum ContainerRole {
  /** Fetches a login that the kubelet can't read. */
  LOGIN("login"),
  /** Copies what is verified out of another tool's image. */
  FOLDER("folder"),
  /** The server that migrations are rehearsed on, beside the one that migrates. */
  REHEARSAL_SERVER("rehearsal-server"),
  /** Applies the migrations. */
  MIGRATE("migrate"),
  /** Compares another tool's history with its folder. */
  VERIFY("verify");

  private final String container;

  ContainerRole(String container) {
    this.container = container;
  }

  /** The container's name. */
  public String container() {
    return container;
  }

  /** Empty: that container isn't Sluice's. */
  public static Optional<ContainerRole> of(String container) {
    return Arrays.stream(values()).filter(r -> r.container.equals(container)).findFirst();
  }

  /** The container in a sentence. */
  public String inSentence() {
    return this == MIGRATE ? "the container" : "the container " + container;
  }
}
