package io.omnihub.channel.webhook;

import static io.omnihub.channel.webhook.Partner.SECRET;
import static io.omnihub.channel.webhook.Partner.STRANGE_SECRET;
import static io.omnihub.channel.webhook.Partner.keys;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Capabilities.Grade;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.partner.PartnerSimulator;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connector and the simulated partner, over real HTTP in both directions. */
class PartnerLoopTest {
  private static final Identity TO = new Identity("webhook", ConnectorHarness.ACCOUNT, "u42");

  private final PartnerSimulator partner =
      new PartnerSimulator(
          0, URI.create("http://127.0.0.1:1"), ConnectorHarness.ACCOUNT, SECRET, 7);
  private final ConnectorHarness hub =
      ConnectorHarness.start(
          new WebhookPlugin(),
          Map.of("secret", SECRET, "callback-url", partner.callbackUrl().toString()));
  private final SimulatorServer door = Partner.door(hub);

  PartnerLoopTest() {
    partner.hubAt(door.url());
  }

  @AfterEach
  void stop() {
    partner.close();
    door.close();
    hub.close();
  }

  @Test
  void whatThePartnerSaysComesInOnce() {
    partner.deliveryMischief().next(Fault.CUT_AFTER, Fault.DUPLICATE);
    hub.refuseNext(2);

    assertThat(partner.message("u42", "one", "two").attempts()).isEqualTo(4);
    assertThat(partner.message("u42", "three").body()).contains("\"duplicates\":1");

    assertThat(hub.events())
        .extracting(event -> ((InboundEvent.MessageReceived) event).parts().getFirst())
        .containsExactly(Part.Text.plain("one"), Part.Text.plain("two"), Part.Text.plain("three"));
  }

  @Test
  void whatTheHubSaysArrivesOnceAndReceiptsComeBack() {
    OutboundMessage message = Samples.outbound(TO, Part.Text.plain("hello"));
    partner.callbackMischief().next(Fault.CUT_AFTER);

    assertThat(hub.send(message)).isInstanceOf(SendOutcome.Unknown.class);
    SendOutcome again = hub.send(message);

    assertThat(again).isEqualTo(SendOutcome.Accepted.as("partner-1"));
    assertThat(partner.texts("u42")).containsExactly("hello");
    assertThat(partner.repeats()).isEqualTo(1);
    assertThat(partner.rejected()).isZero();
    partner.deliver("u42", "partner-1");
    partner.read("u42", "partner-1");
    assertThat(hub.events())
        .extracting(event -> ((InboundEvent.ReceiptReceived) event).status())
        .containsExactly(DeliveryStatus.DELIVERED, DeliveryStatus.READ);
  }

  @Test
  void aReorderedEventIsNotLost() throws Exception {
    partner.deliveryMischief().next(Fault.REORDER);
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sends = new ArrayList<>();
      for (String user : List.of("u1", "u2")) {
        sends.add(others.submit(() -> partner.message(user, "hi")));
      }
      for (Future<?> send : sends) {
        send.get();
      }
    }

    assertThat(hub.events()).hasSize(2);
  }

  @Test
  void hundredsOfEventsOfManyUsersComeIn() throws Exception {
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int user = 0; user < 20; user++) {
        String id = "u" + user;
        users.execute(
            () -> {
              for (int n = 0; n < 15; n++) {
                partner.message(id, "message " + n);
              }
            });
      }
    }

    assertThat(keys(hub)).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void aStrangerIsTurnedAway() {
    try (PartnerSimulator stranger =
        new PartnerSimulator(0, door.url(), ConnectorHarness.ACCOUNT, STRANGE_SECRET, 8)) {
      assertThat(stranger.message("u42", "hi").status()).isEqualTo(401);
    }
    assertThat(hub.events()).isEmpty();
  }

  @Test
  void declaresWhatAPartnerCanTake() {
    WebhookPlugin plugin = new WebhookPlugin();

    assertThat(plugin.name()).isEqualTo("webhook");
    assertThat(plugin.maxRedeliveryAge()).isEqualTo(Duration.ofDays(7));
    assertThat(plugin.capabilities().grade(Feature.IDEMPOTENT_SEND)).isEqualTo(Grade.FULL);
    assertThat(plugin.capabilities().grade(Feature.TYPING)).isEqualTo(Grade.DROP);
    assertThat(plugin.capabilities().singlePart()).isFalse();
    assertThat(plugin.config().settings())
        .extracting(setting -> setting.key())
        .containsExactly("secret", "secrets", "callback-url", "signature", "timeout");
  }
}
