package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Milestone;
import dev.sluice.migrations.engine.Progress;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;

/**
 * Opens a TCP port at each milestone, which the kubelet's probes find: so a run that waits can be
 * told from one that works without any right for the pod.
 */
record Doors(Progress told, int firstPort) implements Progress {

  @Override
  public void reached(Milestone milestone) {
    told.reached(milestone);
    var port =
        switch (milestone) {
          case CONNECTED -> firstPort;
          case LOCKED -> firstPort + 1;
        };
    try {
      var door = new ServerSocket(port);
      Thread.ofPlatform().daemon().name("door").start(() -> answer(door));
    } catch (IOException | IllegalArgumentException e) {
      warn("port " + port + " can't be opened: the run's waiting can't be seen from outside");
    }
  }

  private static void answer(ServerSocket door) {
    try (door) {
      while (true) {
        door.accept().close();
      }
    } catch (IOException _) {
      // the run goes on without it
    }
  }

  @Override
  public void note(String line) {
    told.note(line);
  }

  @Override
  public void warn(String line) {
    told.warn(line);
  }

  @Override
  public void begins(int number, int of, String changeSet) {
    told.begins(number, of, changeSet);
  }

  @Override
  public void ends(int number, int of, String changeSet, String how, Duration took) {
    told.ends(number, of, changeSet, how, took);
  }
}
