package dev.sluice.e2e.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The images: built from this working copy, made known to the cluster, under the names it uses. */
final class Images {

  private final Repository repository;
  private final Cluster cluster;
  private final Path base;
  private final Path runnerArchive;
  private final String operatorBuild;
  private final String operator;
  private final String runner;
  private final String postgres;
  private final String waiting;

  private Images(Repository repository, Cluster cluster, List<Path> archives) {
    this.repository = repository;
    this.cluster = cluster;
    this.base = archives.get(0);
    this.runnerArchive = archives.get(1);
    this.runner = cluster.load("localhost/sluice-runner:dev", runnerArchive);
    this.operatorBuild = String.valueOf(archives.get(2).getFileName());
    this.operator = cluster.load("localhost/sluice-operator:dev", archives.get(2));
    this.postgres = cluster.load("localhost/sluice-postgres:15", archives.get(3));
    this.waiting = cluster.load("localhost/sluice-wait:dev", archives.get(4));
  }

  static Images build(Repository repository, Cluster cluster) {
    var names = List.of("base", "runner", "operator", "postgres", "wait");
    return new Images(repository, cluster, archives(repository, names));
  }

  /** Made apart from the other modules' folders, for their tests may be running. */
  private static List<Path> archives(Repository repository, List<String> names) {
    var arguments = Stream.concat(Stream.of("e2e/images"), names.stream()).toList();
    return repository.script("e2e/apart", arguments).stream().map(Path::of).toList();
  }

  String operator() {
    return operator;
  }

  /** Differs when the operator's sources do. */
  String operatorBuild() {
    return operatorBuild;
  }

  String runner() {
    return runner;
  }

  String postgres() {
    return postgres;
  }

  /** The init container's. */
  String waiting() {
    return waiting;
  }

  /** What a team builds: the runner with a changelog on top. */
  String migrations(String name, Path changelog) {
    return load(name, runnerArchive, changelog, "/migrations", List.of());
  }

  /** A Java program on the image that has nothing but a Java runtime. */
  String program(String name, Path classes, List<String> entryPoint) {
    return load(name, base, classes, "/app", entryPoint);
  }

  /** What a team builds that keeps its tool: the tool's image with the migrations in a folder. */
  String tool(String tool, Path migrations, String target) {
    var archive = archives(repository, List.of(tool)).getFirst();
    return load(tool + "-" + Stage.suffix() + ":1", archive, migrations, target, List.of());
  }

  private String load(
      String name, Path from, Path content, String target, List<String> entryPoint) {
    var image = "localhost/sluice-e2e-" + name;
    var folder = repository.scratch();
    try {
      var archive = folder.resolve("image.tar");
      var arguments = new ArrayList<>(List.of(image, "--from", from.toString()));
      arguments.addAll(List.of("--add", content + ":" + target, "-o", archive.toString()));
      if (!entryPoint.isEmpty()) {
        arguments.add("--");
        arguments.addAll(entryPoint);
      }
      repository.script("e2e/cluster/image", arguments);
      return cluster.load(image, archive);
    } finally {
      Repository.delete(folder);
    }
  }
}
