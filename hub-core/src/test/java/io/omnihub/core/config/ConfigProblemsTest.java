package io.omnihub.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.config.ConfigReader.Found;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigProblemsTest {
  private static final String BIRD = "channels:\n  bird:\n    plugin: parrot\n    token: t\n";
  private static final String BOT =
      "backends:\n  bot:\n    plugin: echo\n    url: http://127.0.0.1\n";
  private static final String SECRET = "c4n4ry-s3cr3t";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "servers:\n  port: 1\n",
            1,
            "servers",
            "unknown section, expected one of backends, channels"),
        mistake("server:\n  prot: 1\n", 2, "server.prot", "expected one of host, port, public-url"),
        mistake("server: here\n", 1, "server", "expected a section"),
        mistake("server:\n  host: [a]\n", 2, "server.host", "expected a text"),
        mistake("store:\n  url: jdbc:mysql:x\n", 2, "store.url", "expected jdbc:sqlite:FILE"),
        mistake(
            "media:\n  max-size: 5 apples\n",
            2,
            "media.max-size",
            "'5 apples' is not understood, expected a size"),
        mistake(
            "media:\n  allow-private: maybe\n", 2, "media.allow-private", "expected true or false"),
        mistake(
            "subscriptions:\n  allow-private: maybe\n",
            2,
            "subscriptions.allow-private",
            "expected true or false"),
        mistake(BIRD + "    rate: fast\n", 5, "channels.bird.rate", "expected a section"),
        rate("per-second: 0", "per-second", "expected a number from 0.001 to 10000"),
        rate("per-second: -1", "per-second", "expected a number from 0.001 to 10000"),
        rate("per-second: NaN", "per-second", "expected a number from 0.001 to 10000"),
        rate("per-second: many", "per-second", "'many' is not understood, expected a number"),
        rate("recipient-per-second: 1e9", "recipient-per-second", "from 0.001 to 10000"),
        rate("burst: 5", "burst", "means nothing without per-second"),
        rate("per-second: 1, burst: 0", "burst", "a whole number from 1 to 100000"),
        rate("per-second: 1, burst: 99999999999", "burst", "from 1 to 100000"),
        rate("per-second: 1, burst: 1.5", "burst", "expected a whole number"),
        rate("per-minute: 5", "per-minute", "expected one of per-second, burst"),
        mistake(
            "retention:\n  raw: soon\n",
            2,
            "retention.raw",
            "'soon' is not understood, expected a duration such as 500ms"),
        mistake(
            "retention:\n  messages: 30d\n",
            2,
            "retention.messages",
            "expected one of raw, journal"),
        mistake(
            "retention:\n  idempotency: 23h\n",
            2,
            "retention.idempotency",
            "is too short, expected 1d or more"),
        mistake(
            "retention:\n  journal: 6d\nchannels:\n  post:\n    plugin: pigeon\n",
            2,
            "retention.journal",
            "is too short, expected 7d or more: a provider may deliver again for that long"),
        mistake(
            BIRD + "    count: three\n",
            5,
            "channels.bird.count",
            "'three' is not understood, expected a whole number"),
        mistake(BIRD + "    ratio: half\n", 5, "channels.bird.ratio", "expected a number"),
        mistake(BIRD + "    loud: very\n", 5, "channels.bird.loud", "expected true or false"),
        mistake(
            BIRD + "    pause: 5 minutes\n",
            5,
            "channels.bird.pause",
            "expected a duration such as 500ms"),
        mistake(BIRD + "    cap: 5MB\n", 5, "channels.bird.cap", "expected a size such as 512KiB"),
        mistake(
            BIRD + "    base: nowhere\n", 5, "channels.bird.base", "expected an address such as"),
        mistake(
            BIRD + "    mode: whisper\n", 5, "channels.bird.mode", "expected one of talk, sing"),
        mistake(BIRD + "    words: one\n", 5, "channels.bird.words", "expected a list of texts"),
        mistake(
            BIRD + "    headers: one\n", 5, "channels.bird.headers", "expected a mapping of texts"),
        mistake(BIRD + "    cage: gold\n", 5, "channels.bird.cage", "expected a section"),
        mistake(
            BIRD + "    cage:\n      lock: x\n",
            5,
            "channels.bird.cage.name",
            "is required: Name of the cage."),
        mistake(
            BIRD + "    cage:\n      name: x\n      size: 3\n",
            7,
            "channels.bird.cage.size",
            "expected one of name, lock"),
        mistake(
            BIRD + "    colour: red\n",
            5,
            "channels.bird.colour",
            "unknown setting, expected one of token, count"),
        mistake(BIRD + "    token: u\n", 5, "channels.bird.token", "stands here twice"),
        mistake(
            "channels:\n  bird:\n    plugin: parrot\n",
            2,
            "channels.bird.token",
            "is required: Token of the bird."),
        mistake(
            "channels:\n  bird:\n    plugin: dodo\n",
            3,
            "channels.bird.plugin",
            "there is no plugin 'dodo', expected one of parrot, pigeon"),
        mistake(
            "channels:\n  bird: {}\n",
            2,
            "channels.bird",
            "plugin is required, expected one of parrot, pigeon"),
        mistake("channels:\n  bird: parrot\n", 2, "channels.bird", "expected a section"),
        mistake(
            "channels:\n  Big_Bird:\n    plugin: pigeon\n",
            2,
            "channels.Big_Bird",
            "is no id, expected lower-case"),
        mistake("channels:\n  -bird:\n    plugin: pigeon\n", 2, "channels.-bird", "is no id"),
        mistake(
            "backends:\n  bot:\n    plugin: parrot\n",
            3,
            "backends.bot.plugin",
            "expected one of desk, echo"),
        mistake("backends:\n  bot:\n    plugin: echo\n", 2, "backends.bot.url", "is required"),
        mistake(
            BOT + "routing:\n  - to: [bot, robot]\n",
            6,
            "routing.0.to",
            "there is no backend 'robot', expected one of bot"),
        mistake(
            BOT + "routing:\n  - to: [bot]\n  - when: { channel: pond }\n    to: [bot]\n",
            7,
            "routing.1.when.channel",
            "there is no channel 'pond'"),
        mistake(
            BOT + "routing:\n  - when: { channel: parrot }\n", 6, "routing.0", "to is required"),
        mistake(BOT + "routing:\n  - to: bot\n", 6, "routing.0.to", "expected a list"),
        mistake(
            BOT + "routing:\n  - bot\n",
            6,
            "routing.0",
            "expected { when: { channel }, to: [backends] }"),
        mistake("routing: bot\n", 1, "routing", "expected a list"),
        mistake(
            "security:\n  keys: []\n",
            2,
            "security.keys",
            "unknown setting, expected one of api-keys"),
        mistake(
            "security:\n  api-keys:\n    - name: a\n      role: king\n      key: k\n",
            4,
            "security.api-keys.0.role",
            "there is no role 'king', expected one of admin, agent"),
        mistake(
            "security:\n  api-keys:\n    - name: a\n      role: agent\n",
            3,
            "security.api-keys.0",
            "key is required"),
        mistake(
            "security:\n  api-keys:\n    - hello\n",
            3,
            "security.api-keys.0",
            "expected { name, role, key }"),
        mistake(
            "server:\n  host: ${NOT_SET}\n",
            2,
            "server.host",
            "the environment variable NOT_SET is not set, expected a value or ${NOT_SET:-default}"),
        mistake(
            "server:\n  host: ${file:/not/there}\n",
            2,
            "server.host",
            "the file /not/there cannot be read"),
        mistake("- a\n- b\n", 1, "", "expected settings as key: value"),
        mistake("just words\n", 1, "", "expected settings as key: value"),
        mistake("server:\n  host: [a\nstore: b\n", 3, "", "is not YAML"),
        mistake("server:\n\thost: a\n", 2, "", "is not YAML"));
  }

  private static Arguments rate(String settings, String key, String message) {
    String text = BIRD + "    rate: { " + settings + " }\n";
    return mistake(text, 5, "channels.bird.rate." + key, message);
  }

  private static Arguments mistake(String text, int line, String path, String message) {
    return Arguments.of(text, line, path, message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void eachMistakeIsToldWithItsPlace(String text, int line, String path, String message) {
    assertThat(problems(text, Map.of()))
        .anySatisfy(
            found -> {
              assertThat(found.path()).isEqualTo(path);
              assertThat(found.line()).isEqualTo(line);
              assertThat(found.message()).contains(message);
            });
  }

  @Test
  void allMistakesAreToldInOneGoInTheOrderOfTheFile() {
    String text =
        """
        server:
          port: many
        channels:
          Bird:
            plugin: parrot
            loud: very
            colour: red
          goose:
            plugin: dodo
        backends:
          bot:
            plugin: echo
            url: ${BOT_URL}
        routing:
          - to: [people]
        wrong: 1
        """;
    assertThat(
            problems(text, Map.of()).stream()
                .map(found -> found.line() + " " + found.path())
                .distinct())
        .containsExactly(
            "2 server.port",
            "4 channels.Bird.token",
            "4 channels.Bird",
            "6 channels.Bird.loud",
            "7 channels.Bird.colour",
            "9 channels.goose.plugin",
            "13 backends.bot.url",
            "15 routing.0.to",
            "16 wrong");
  }

  static Stream<String> secretsInWrongPlaces() {
    return Stream.of(
        "channels:\n  bird:\n    plugin: parrot\n    token: [${S}]\n",
        "channels:\n  bird:\n    plugin: parrot\n    token: { a: ${S} }\n",
        BIRD + "    cage: { lock: [${S}] }\n",
        BIRD + "    cage: { name: x, lock: { b: ${S} } }\n",
        "channels:\n  bird:\n    plugin: parrot\n    token: ${S}\n    tokens: ${S}\n",
        "security:\n  api-keys:\n    - { name: a, role: king, key: ${S} }\n",
        "security:\n  api-keys:\n    - ${S}\n",
        "security:\n  api-keys: ${S}\n",
        "security:\n  api-key: ${S}\n",
        "security: ${S}\n");
  }

  @ParameterizedTest
  @MethodSource("secretsInWrongPlaces")
  void aSecretIsNeverShown(String text) {
    String yaml = text.replace("${S}", SECRET);
    for (List<Found> found :
        List.of(problems(yaml, Map.of()), problems(text, Map.of("S", SECRET)))) {
      String shown = found.stream().map(Found::toString).collect(Collectors.joining("\n"));
      assertThat(shown).isNotEmpty().doesNotContain(SECRET);
    }
  }

  @Test
  void aMissingVariableOfASecretIsToldAtTheSecret() {
    String text = "channels:\n  bird:\n    plugin: parrot\n    token: ${BIRD_TOKEN}\n";
    assertThat(problems(text, Map.of()))
        .contains(
            new Found(
                4,
                "channels.bird.token",
                "the environment variable BIRD_TOKEN is not set, expected a value or"
                    + " ${BIRD_TOKEN:-default}"));
    assertThat(problems(text, Map.of("BIRD_TOKEN", SECRET))).isEmpty();
  }

  private static List<Found> problems(String text, Map<String, String> environment) {
    return new ConfigReader(new SampleCatalog(), environment::get).read(text).problems();
  }
}
