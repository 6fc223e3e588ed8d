package dev.sluice.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority that signs certificates, by the program of that name. */
public record OpenSsl(Path folder) {
  public static OpenSsl authority(Path folder) throws Exception {
    var openSsl = new OpenSsl(folder);
    openSsl.run(
        "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "ca.key");
    openSsl.run(
        "req", "-x509", "-key", "ca.key", "-subj", "/CN=ca", "-days", "2", "-out", "ca.crt");
    return openSsl;
  }

  public void sign(String name, String kind) throws Exception {
    sign(name, name, kind);
  }

  /** {@code kind}: rsa, ec or ed25519. */
  public void sign(String file, String name, String kind) throws Exception {
    var key = new ArrayList<>(List.of("genpkey", "-out", file + ".key", "-algorithm"));
    key.addAll(
        switch (kind) {
          case "rsa" -> List.of("RSA", "-pkeyopt", "rsa_keygen_bits:2048");
          case "ec" -> List.of("EC", "-pkeyopt", "ec_paramgen_curve:P-256");
          default -> List.of("ED25519");
        });
    run(key.toArray(String[]::new));
    run("req", "-new", "-key", file + ".key", "-subj", "/CN=" + name, "-out", file + ".csr");
    Files.writeString(folder.resolve(file + ".ext"), "subjectAltName=DNS:" + name + "\n");
    run(
        "x509",
        "-req",
        "-in",
        file + ".csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        file + ".ext",
        "-out",
        file + ".crt");
  }

  public Path certificate() {
    return certificate("ca");
  }

  public Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  /** In PKCS-8. */
  public Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** PKCS-8 without PEM, as pgjdbc wants it. */
  public Path der(String name) throws Exception {
    return turned(name, ".pk8", "-topk8", "-nocrypt", "-outform", "DER");
  }

  public Path encrypted(String name) throws Exception {
    return turned(name, ".encrypted", "-topk8", "-passout", "pass:canary");
  }

  /** PKCS-1 or SEC1. */
  public Path traditional(String name) throws Exception {
    return turned(name, ".traditional", "-traditional", "-nocrypt");
  }

  private Path turned(String name, String ending, String... how) throws Exception {
    var command = new ArrayList<>(List.of("pkcs8", "-in", name + ".key", "-out", name + ending));
    command.addAll(List.of(how));
    run(command.toArray(String[]::new));
    return folder.resolve(name + ending);
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command));
    }
  }
}
