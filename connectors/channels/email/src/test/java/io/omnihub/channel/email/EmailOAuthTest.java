package io.omnihub.channel.email;

import static io.omnihub.channel.email.Provider.ANN;
import static io.omnihub.channel.email.Provider.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** XOAUTH2 on both connections, with tokens from a real endpoint. */
class EmailOAuthTest {
  private final Provider provider = new Provider();
  private final AtomicReference<SimulatedReply> answer =
      new AtomicReference<>(
          SimulatedReply.json(
              200, "{\"access_token\":\"" + Provider.PASSWORD + "\",\"expires_in\":3600}"));
  private final AtomicInteger asked = new AtomicInteger();
  private final SimulatorServer tokens =
      new SimulatorServer(
          0,
          new Mischief(1),
          request -> {
            asked.incrementAndGet();
            return answer.get();
          });

  @AfterEach
  void closeAll() {
    tokens.close();
    provider.close();
  }

  @Test
  void readingAndSendingLogInWithOneToken() {
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings())) {
      Await.until("IDLE", () -> provider.mail.imapCommands().contains("IDLE"));
      assertThat(provider.mail.imapCommands()).contains("AUTHENTICATE").doesNotContain("LOGIN");
      provider.mail.customerSends(ANN, SUPPORT, "Q", "with a token");
      hub.awaitEvents(1);
      assertThat(hub.send(Outbound.bot("A").build())).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void aWithdrawnGrantIsTheOperatorsBusiness() {
    answer.set(SimulatedReply.json(400, "{\"error\":\"invalid_grant\"}"));
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings())) {
      assertThat(hub.send(Outbound.bot("A").build()))
          .isEqualTo(
              new SendOutcome.Refused(
                  Failure.of(Failure.Code.AUTH, "the token endpoint refuses: invalid_grant")));
    }
  }

  @Test
  void aTokenThatEndedBeforeItsTimeIsReplacedAtOnce() {
    SimulatedReply good = answer.get();
    answer.set(SimulatedReply.json(200, "{\"access_token\":\"stale\",\"expires_in\":3600}"));
    Map<String, Object> settings = settings();
    settings.remove("imap");
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      assertThat(hub.send(Outbound.bot("A").build())).isInstanceOf(SendOutcome.Refused.class);
      assertThat(asked).as("tried twice").hasValue(2);
      hub.send(Outbound.bot("B").build());
      answer.set(good);
      assertThat(hub.send(Outbound.bot("C").build())).isInstanceOf(SendOutcome.Accepted.class);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(provider.settings());
    for (String section : new String[] {"imap", "smtp"}) {
      @SuppressWarnings("unchecked")
      Map<String, Object> server = new HashMap<>((Map<String, Object>) settings.get(section));
      server.remove("password");
      settings.put(section, server);
    }
    settings.put(
        "oauth2",
        Map.of("token-url", tokens.url() + "/token", "client-id", "app", "refresh-token", "grant"));
    return settings;
  }
}
