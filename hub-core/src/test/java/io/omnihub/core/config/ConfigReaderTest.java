package io.omnihub.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static final String FULL =
      """
      server:
        host: 0.0.0.0
        port: 9000
        public-url: https://hub.example.com
      store:
        url: jdbc:sqlite:/var/lib/hub.db
      media:
        path: /var/lib/media
        max-size: 10MiB
        allow-private: true
      security:
        api-keys:
          - { name: desk, role: agent, key: "${KEY}" }
          - { name: root, role: admin, key: second-key-of-the-test }
      channels:
        bird:
          plugin: parrot
          token: ${TOKEN}
          count: 3
          ratio: 0.5
          loud: true
          pause: 250ms
          cap: 512KiB
          base: http://127.0.0.1:8081/api
          mode: sing
          words: [one, two]
          headers: { a: b }
          cage: { name: gold, lock: "1234" }
          region: CN
          language: zh
          conversation: thread
          on-unknown: retry
          rate: { per-second: 20, burst: 5, recipient-per-second: 0.25 }
        homing:
          plugin: pigeon
      backends:
        bot:
          plugin: echo
          url: https://bot.example.com
          patience: 1m
        people:
          plugin: desk
          queues: [first, second]
      routing:
        - when: { channel: bird }
          to: [people]
        - when: { channel: parrot }
          to: [bot]
        - to: [bot, people]
      """;

  @TempDir Path dir;

  @Test
  void aFullFileIsRead() {
    ConfigReader.Result result = read(FULL, Map.of("KEY", "first-key", "TOKEN", "t0p"));
    assertThat(result.problems()).isEmpty();

    HubConfig config = result.config();
    assertThat(config.server().host()).isEqualTo("0.0.0.0");
    assertThat(config.server().port()).isEqualTo(9000);
    assertThat(config.server().publicUrl()).contains(URI.create("https://hub.example.com"));
    assertThat(config.store().url()).isEqualTo("jdbc:sqlite:/var/lib/hub.db");
    assertThat(config.media())
        .isEqualTo(new HubConfig.Media(Path.of("/var/lib/media"), 10 << 20, true));
    assertThat(config.apiKeys()).extracting(HubConfig.ApiKey::name).containsExactly("desk", "root");
    assertThat(config.apiKeys().getFirst().key().reveal()).isEqualTo("first-key");
    assertThat(config.channels()).containsOnlyKeys("bird", "homing");
    assertThat(config.backends()).containsOnlyKeys("bot", "people");
    assertThat(config.backends().get("people").settings().texts("queues"))
        .containsExactly("first", "second");
  }

  @Test
  void everyTypeIsRead() {
    Settings bird =
        read(FULL, Map.of("KEY", "first-key", "TOKEN", "t0p"))
            .config()
            .channels()
            .get("bird")
            .settings();
    assertThat(bird.secret("token").reveal()).isEqualTo("t0p");
    assertThat(bird.integer("count")).isEqualTo(3);
    assertThat(bird.decimal("ratio")).isEqualTo(0.5);
    assertThat(bird.flag("loud")).isTrue();
    assertThat(bird.duration("pause")).isEqualTo(Duration.ofMillis(250));
    assertThat(bird.size("cap")).isEqualTo(512 << 10);
    assertThat(bird.address("base")).isEqualTo(URI.create("http://127.0.0.1:8081/api"));
    assertThat(bird.text("mode")).isEqualTo("sing");
    assertThat(bird.texts("words")).containsExactly("one", "two");
    assertThat(bird.mapping("headers")).containsExactly(Map.entry("a", "b"));
    assertThat(bird.section("cage").orElseThrow().text("name")).isEqualTo("gold");
    assertThat(bird.text("region")).isEqualTo("CN");
  }

  @Test
  void anEmptyFileHasDefaults() {
    for (String text : new String[] {"", "# nothing\n", "channels:\n"}) {
      ConfigReader.Result result = read(text, Map.of());
      assertThat(result.problems()).isEmpty();
      assertThat(result.config().server())
          .extracting(HubConfig.Server::host, HubConfig.Server::port)
          .containsExactly("127.0.0.1", 8080);
      assertThat(result.config().media().allowPrivate()).isFalse();
      assertThat(result.config().subscriptions().allowPrivate()).isFalse();
      assertThat(result.config().channels()).isEmpty();
    }
  }

  @Test
  void R41_anAccountHasARateOfItsOwnOrThatOfItsPluginOrNone() {
    HubConfig config = read(FULL, Map.of("KEY", "k", "TOKEN", "t")).config();
    assertThat(Rate.of(config.channels().get("bird").settings()))
        .isEqualTo(new Rate(Duration.ofMillis(50), 5, Duration.ofSeconds(4)));
    assertThat(Rate.of(config.channels().get("homing").settings()))
        .isEqualTo(new Rate(Duration.ofSeconds(2), 1, Duration.ZERO));
    String plain = "channels:\n  bird: { plugin: parrot, token: t, rate: %s }\n";
    for (String rate : new String[] {"", "{}", "~"}) {
      HubConfig free = read(plain.formatted(rate), Map.of()).config();
      assertThat(Rate.of(free.channels().get("bird").settings())).isEqualTo(Rate.UNLIMITED);
    }
    HubConfig usual = read(plain.formatted("{ per-second: 2.5 }"), Map.of()).config();
    assertThat(Rate.of(usual.channels().get("bird").settings()))
        .isEqualTo(new Rate(Duration.ofMillis(400), 3, Duration.ZERO));
  }

  @Test
  void aPluginMayDeclareACommonSettingWithAnotherDefault() {
    HubConfig config = read(FULL, Map.of("KEY", "k", "TOKEN", "t")).config();
    assertThat(config.channels().get("homing").settings().text("region")).isEqualTo("DE");
    assertThat(config.channels().get("homing").settings().text("on-unknown")).isEqualTo("hold");
    assertThat(config.backends().get("bot").settings().duration("settle"))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(config.backends().get("bot").settings().duration("patience"))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({"bird, parrot, 0", "other, parrot, 1", "homing, pigeon, 2"})
  void theFirstRuleThatMatchesCounts(String id, String plugin, int expected) {
    HubConfig config = read(FULL, Map.of("KEY", "k", "TOKEN", "t")).config();
    AccountConfig account = new AccountConfig(id, plugin, config.channels().get("bird").settings());
    HubConfig.Rule first =
        config.routing().stream().filter(rule -> rule.matches(account)).findFirst().orElseThrow();
    assertThat(config.routing().indexOf(first)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "${NAME},                 value of the variable",
    "${NAME:-fallback},       value of the variable",
    "${EMPTY:-fallback},      fallback",
    "${MISSING:-fallback},    fallback",
    "${MISSING:-a:-b},        a:-b",
    "a ${NAME} and ${NAME},   a value of the variable and value of the variable",
    "${DOLLARS},              '$1 \\2 ${NAME}'",
    "costs $5,                costs $5",
  })
  void referencesAreFilledIn(String written, String expected) {
    Map<String, String> environment =
        Map.of("NAME", "value of the variable", "EMPTY", "", "DOLLARS", "$1 \\2 ${NAME}");
    ConfigReader.Result result = read(bird("'" + written + "'"), environment);
    assertThat(result.problems()).isEmpty();
    assertThat(token(result)).isEqualTo(expected);
  }

  @Test
  void aReferenceMayNameAFile() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "  from the file\n");
    ConfigReader.Result result = read(bird("${file:" + secret + "}"), Map.of());
    assertThat(result.problems()).isEmpty();
    assertThat(token(result)).isEqualTo("from the file");
  }

  @Test
  void aFileIsReadAsItsText() throws IOException {
    Path file = Files.writeString(dir.resolve("omnihub.yaml"), bird("t"));
    ConfigReader.Result result = new ConfigReader(new SampleCatalog(), name -> null).read(file);
    assertThat(result.problems()).isEmpty();
    assertThat(token(result)).isEqualTo("t");
  }

  private static String bird(String token) {
    return "channels:\n  bird:\n    plugin: parrot\n    token: " + token + "\n";
  }

  private static String token(ConfigReader.Result result) {
    return result.config().channels().get("bird").settings().secret("token").reveal();
  }

  private static ConfigReader.Result read(String text, Map<String, String> environment) {
    return new ConfigReader(new SampleCatalog(), environment::get).read(text);
  }
}
