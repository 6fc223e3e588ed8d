package dev.sluice.e2e.harness;

import dev.sluice.e2e.fake.SecretsManagerPod;
import java.util.List;
import java.util.Map;

/** A fake AWS Secrets Manager in a site, with these secrets by their ids. */
public record SecretsManager(Site site) {

  public static SecretsManager start(Site site, Map<String, String> secrets) {
    site.secret("secrets-manager", secrets);
    site.create("secrets-manager.yaml", Map.of("image", site.program(SecretsManagerPod.class)));
    site.awaitPod("secrets-manager");
    return new SecretsManager(site);
  }

  /** All that a migration needs to know of its database. */
  public static String secretOf(SiteDatabase database) {
    return """
    {"engine": "postgres", "host": "%s", "port": 5432, "dbname": "%s", "username": "%s", "password": "%s"}\
    """
        .formatted(database.host(), database.name(), database.user(), database.password());
  }

  /** The pod's variables with which the SDK of AWS finds it. */
  public List<Map<String, String>> variables() {
    return List.of(
        Map.of(
            "name",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER",
            "value",
            "http://secrets-manager." + site.namespace() + ".svc:8080"),
        Map.of("name", "AWS_ACCESS_KEY_ID", "value", "anybody"),
        Map.of("name", "AWS_SECRET_ACCESS_KEY", "value", "anything"));
  }
}
