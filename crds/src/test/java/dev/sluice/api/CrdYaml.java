package dev.sluice.api;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the CRD from the records: {@code main(FILE)}. */
final class CrdYaml {
  private static final String HEADER =
      "# Generated from the records in src/main; mvn -pl crds test-compile exec:exec@crd writes it"
          + " anew.\n";

  private CrdYaml() {}

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), text());
  }

  static String text() {
    var bytes = new ByteArrayOutputStream();
    new CRDGenerator()
        .customResourceClasses(DatabaseMigration.class)
        .forCRDVersions("v1")
        .withMinQuotes(false)
        .withPostProcessor(new Finish())
        .withOutput(new InMemory(bytes))
        .generate();
    return HEADER + bytes.toString(StandardCharsets.UTF_8);
  }

  /** What annotations can't say. */
  private static final class Finish implements io.fabric8.crdv2.generator.CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata crd, String version) {
      return CrdRules.finish(
          (io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition) crd);
    }
  }

  private record InMemory(ByteArrayOutputStream bytes)
      implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return bytes;
    }

    @Override
    public URI crdURI(String crdName) {
      return Path.of(crdName).toUri();
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
