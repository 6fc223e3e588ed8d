package dev.sluice.e2e.harness;

import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL server in the cluster. */
public final class Postgres {

  private static final String PROGRAMS = "/usr/lib/postgresql/15/bin/";

  private final Site site;
  private final String name;
  private final Optional<Certificate> certificate;

  private Postgres(Site site, String name, Optional<Certificate> certificate) {
    this.site = site;
    this.name = name;
    this.certificate = certificate;
  }

  /** Without TLS. */
  static Postgres plain(Site site, String name) {
    return start(site, name, Optional.empty());
  }

  static Postgres withTls(Site site, String name) {
    var certificate = Certificate.of(host(site, name));
    site.secret(tls(name), certificate.secret());
    return start(site, name, Optional.of(certificate));
  }

  /** With TLS, for those alone that have this certificate. */
  public static Postgres forClients(Site site, String name, Certificate clients) {
    var certificate = Certificate.of(host(site, name));
    var files = new HashMap<>(certificate.secret());
    files.put("ca.crt", clients.certificate());
    site.secret(tls(name), files);
    return start(site, name, Optional.of(certificate));
  }

  private static Postgres start(Site site, String name, Optional<Certificate> certificate) {
    var values = new HashMap<String, String>();
    values.put("name", name);
    values.put("image", site.stage().images().postgres());
    values.put("password", Stage.suffix());
    site.create("postgres.yaml", values);
    return new Postgres(site, name, certificate);
  }

  private static String tls(String name) {
    return name + "-tls";
  }

  private static String host(Site site, String name) {
    return name + "." + site.namespace() + ".svc";
  }

  public void awaitReady() {
    pod().waitUntilReady(2, TimeUnit.MINUTES);
  }

  /** As pods of any namespace reach it. */
  public String host() {
    return host(site, name);
  }

  /** The authority of its certificate, as PEM; without one it doesn't speak TLS. */
  public Optional<String> authority() {
    return certificate.map(Certificate::certificate);
  }

  /** An empty database. */
  public SiteDatabase database() {
    var database = planned();
    create(database);
    return database;
  }

  /** One that isn't there yet, though its owner is. */
  public SiteDatabase planned() {
    var database = new SiteDatabase(this, "db" + Stage.suffix(), "canary" + Stage.suffix());
    psql(
        "postgres",
        "create role %s login password '%s'".formatted(database.user(), database.password()));
    return database;
  }

  public void create(SiteDatabase database) {
    psql("postgres", "create database %s owner %s".formatted(database.name(), database.user()));
  }

  /** What pg_dump says of all but Sluice's and Liquibase's own tables. */
  public String schema(SiteDatabase database) {
    var lines =
        exec(
            Stream.of(
                PROGRAMS + "pg_dump",
                "--host=/run/postgresql",
                "--username=postgres",
                "--schema-only",
                "--no-owner",
                "--exclude-schema=sluice",
                "--exclude-table=sluice_revision*",
                "--exclude-table=databasechangeloglock",
                database.name()));
    // pg_dump guards its output with a random word, each time
    return lines.stream()
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .collect(Collectors.joining("\n"));
  }

  List<String> psql(String database, String sql) {
    return exec(
        Stream.of(
            PROGRAMS + "psql",
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--host=/run/postgresql",
            "--username=postgres",
            "--dbname=" + database,
            "--command=" + sql));
  }

  /** What the server has said. */
  public String log() {
    return pod().getLog();
  }

  PodResource pod() {
    return site.stage().client().pods().inNamespace(site.namespace()).withName(name);
  }

  private List<String> exec(Stream<String> command) {
    var output = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    try (var running =
        pod().writingOutput(output).writingError(errors).exec(command.toArray(String[]::new))) {
      var exit = running.exitCode().get(1, TimeUnit.MINUTES);
      if (exit != 0) {
        throw new IllegalStateException(errors.toString(StandardCharsets.UTF_8));
      }
      return output.toString(StandardCharsets.UTF_8).lines().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran in " + name, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a program in " + name + " didn't come to its end", e);
    }
  }
}
