package dev.sluice.e2e.delivery;

import java.util.concurrent.CountDownLatch;

/** An application that does nothing; it runs in a pod, from this one class alone. */
public final class Waiting {

  private Waiting() {}

  public static void main(String[] args) throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
