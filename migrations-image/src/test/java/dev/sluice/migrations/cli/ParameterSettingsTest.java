package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterSettingsTest {
  @TempDir Path folder;
  private Map<String, String> environment;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("map"));
    Files.createDirectories(folder.resolve("secret"));
    Files.writeString(folder.resolve("map/tenant"), "acme\n");
    Files.writeString(folder.resolve("map/region"), "eu");
    Files.writeString(folder.resolve("secret/pin"), "canary-1");
    Files.writeString(folder.resolve("secret/region"), "us");
    Files.writeString(folder.resolve("a,b.properties"), "region=de\nname = Grüße\n");
    environment =
        new HashMap<>(
            Map.of(
                "SLUICE_PARAMETERS",
                "{\"plan\":\"\\\"gold\\\"\",\"api_token\":\"canary-2\"}",
                "SLUICE_PARAMETERS_FROM",
                "configMap:%1$s/map,secret:%1$s/secret".formatted(folder)));
  }

  private Map<String, String> values() {
    var variables = new Variables(environment);
    var values = new ParameterSettings(variables).values();
    assertThat(variables.problems()).isEmpty();
    return values;
  }

  private String problem() {
    var variables = new Variables(environment);
    new ParameterSettings(variables).values();
    assertThat(variables.problems()).hasSize(1);
    return variables.problems().getFirst();
  }

  @Test
  void laterOnesWinAndThoseNamedOneByOneOverAll() {
    assertThat(values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "tenant", "acme",
                "region", "us",
                "pin", "canary-1",
                "plan", "\"gold\"",
                "api_token", "canary-2"));
    environment.put("SLUICE_PARAMETERS", "{\"region\":\"fr\"}");
    assertThat(values()).containsEntry("region", "fr");
  }

  @Test
  void whatComesFromASecretIsSecretAndWhatIsCalledSo() {
    assertThat(ParameterSettings.secrets(environment))
        .containsExactlyInAnyOrder("canary-1", "us", "canary-2");
  }

  @Test
  void aCommandLineWinsOverTheEnvironment() {
    ParameterSettings.add(
        environment, Map.of("plan", "free"), folder.resolve("a,b.properties").toString());
    assertThat(values())
        .containsEntry("plan", "free")
        .containsEntry("api_token", "canary-2")
        .containsEntry("region", "de")
        .containsEntry("name", "Grüße");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"a\":1}", "a=canary", "{"})
  void refusesWhatIsNoObjectOfStringsWithoutRepeatingIt(String text) {
    environment.put("SLUICE_PARAMETERS", text);
    assertThat(problem()).isEqualTo("SLUICE_PARAMETERS must be a JSON object of strings");
    ParameterSettings.add(environment, Map.of("b", "2"), null);
    assertThat(problem()).isEqualTo("SLUICE_PARAMETERS must be a JSON object of strings");
  }

  @Test
  void refusesWhatIsntThere() {
    environment.put("SLUICE_PARAMETERS_FROM", "configMap:/nowhere");
    assertThat(problem()).isEqualTo("parameters: /nowhere isn't there");
    environment.put("SLUICE_PARAMETERS_FROM", "file:" + folder);
    assertThat(problem()).contains("isn't there");
    environment.put("SLUICE_PARAMETERS_FROM", folder.toString());
    assertThat(problem()).contains("a list of configMap:, secret: and file:");
  }

  @Test
  void refusesAFileThatIsNoPropertiesFile() throws IOException {
    Files.writeString(folder.resolve("bad"), "a=\\u12");
    environment.put("SLUICE_PARAMETERS_FROM", "file:" + folder.resolve("bad"));
    assertThat(problem()).contains("bad can't be read");
  }

  @Test
  void namesThatDifferInCapitalsAreOne() {
    environment.put("SLUICE_PARAMETERS", "{\"TENANT\":\"other\",\"Region\":\"fr\"}");
    var values = values();
    assertThat(values.get("tenant")).isEqualTo("other");
    assertThat(values.get("region")).isEqualTo("fr");
    assertThat(values).hasSize(3);
  }

  @Test
  void aKeyThatIsNoTextIsNamed() throws IOException {
    Files.write(folder.resolve("secret/keystore.p12"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
    assertThat(problem()).endsWith("secret/keystore.p12 isn't UTF-8");
    assertThat(ParameterSettings.secrets(environment)).contains("canary-1");
  }

  @Test
  void aValueWithANulIsRefused() {
    environment.put("SLUICE_PARAMETERS", "{\"plan\":\"a\\u0000b\"}");
    assertThat(problem())
        .isEqualTo("parameters: plan has a NUL in it, which no statement can have");
  }
}
