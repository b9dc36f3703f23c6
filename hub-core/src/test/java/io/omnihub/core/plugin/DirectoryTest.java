package io.omnihub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.Settings;
import io.omnihub.api.model.Capabilities;
import io.omnihub.core.config.AccountConfig;
import io.omnihub.core.config.HubConfig;
import io.omnihub.core.config.Rate;
import io.omnihub.core.config.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Settings NONE = ConfigSpec.builder().build().resolve(Map.of()).settings();

  private static final Map<String, BackendInfo> BACKENDS =
      Map.of(
          "zebra", backend("zebra", List.of()),
          "bot", backend("bot", List.of()),
          "people", backend("people", List.of("first", "second")),
          "night", backend("night", List.of("late")));

  private static BackendInfo backend(String id, List<String> queues) {
    return new BackendInfo(id, "sample", Duration.ofMillis(300), Duration.ofSeconds(30), queues);
  }

  private static Directory directory(HubConfig.Rule... rules) {
    Map<String, AccountConfig> accounts =
        Map.of(
            "mail",
            new AccountConfig("mail", "email", NONE),
            "chat",
            new AccountConfig("chat", "webchat", NONE));
    HubConfig config =
        new HubConfig(
            new HubConfig.Server("127.0.0.1", 0, Optional.empty(), Duration.ofSeconds(1)),
            new HubConfig.Store("jdbc:sqlite::memory:", "", new Secret("")),
            new HubConfig.Media(Path.of("media"), 0, false),
            new HubConfig.Subscriptions(false),
            new Retention(DAY, DAY, DAY, DAY, DAY, DAY),
            List.of(),
            accounts,
            Map.of(),
            List.of(rules));
    ChannelInfo mail =
        new ChannelInfo(
            "mail",
            "email",
            "US",
            "",
            true,
            true,
            false,
            Rate.UNLIMITED,
            Capabilities.builder().build());
    return new Directory(config, Map.of("mail", mail), BACKENDS);
  }

  @Test
  void R52_theFirstRuleThatMatchesAnAccountDecides() {
    Directory directory =
        directory(
            new HubConfig.Rule("mail", List.of("people")),
            new HubConfig.Rule("email", List.of("zebra")),
            new HubConfig.Rule("", List.of("bot", "people")),
            new HubConfig.Rule("chat", List.of("zebra")));
    assertThat(directory.chain("mail")).containsExactly("people");
    assertThat(directory.chain("chat")).containsExactly("bot", "people");
    assertThat(directory.chain("unknown")).isEmpty();
  }

  @Test
  void withoutARuleAllBackendsAreAskedInTheOrderOfTheirNames() {
    assertThat(directory().chain("mail")).containsExactly("bot", "night", "people", "zebra");
  }

  @Test
  void desksAndQueuesAreKnown() {
    Directory directory = directory();
    assertThat(directory.desk()).map(BackendInfo::id).contains("night");
    assertThat(directory.queues()).containsExactlyInAnyOrder("first", "second", "late");
    assertThat(directory.backend("people"))
        .hasValueSatisfying(people -> assertThat(people.isDesk()).isTrue());
    assertThat(directory.backend("bot"))
        .hasValueSatisfying(bot -> assertThat(bot.isDesk()).isFalse());
    assertThat(directory.channel("mail")).isPresent();
    assertThat(directory.channel("chat")).isEmpty();
    assertThat(directory.backends()).hasSize(4);
    assertThat(directory.channels()).hasSize(1);
  }
}
