package io.omnihub.channel.whatsapp;

import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN_ID;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.BUSINESS;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.settings;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.written;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.InboundEvent.ReceiptReceived;
import io.omnihub.api.model.Part;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.whatsapp.WhatsAppSimulator;
import io.omnihub.testkit.whatsapp.WhatsAppUser;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both directions against the simulated WhatsApp. */
class WhatsAppLoopTest {
  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final WhatsAppSimulator whatsapp = new WhatsAppSimulator(0, BUSINESS, 9, clock);
  private final ConnectorHarness hub =
      ConnectorHarness.start(
          new WhatsAppPlugin(),
          settings(whatsapp.url().toString(), "read-marks", "false"),
          clock,
          ConnectorHarness.freshState());

  {
    whatsapp.deliverThrough((headers, body) -> hub.webhook(body, headers).status());
  }

  @AfterEach
  void stop() {
    hub.close();
    whatsapp.close();
  }

  @Test
  void everythingACustomerDoesComesIn() {
    String id = whatsapp.customerWrites(ANN, "héllo / 你好 😀");
    whatsapp.customerSends(
        ANN,
        "{\"type\":\"reaction\",\"reaction\":{\"message_id\":\"" + id + "\",\"emoji\":\"👍\"}}");
    WhatsAppUser moved = whatsapp.customerChangesNumber(ANN, "491709999999");
    whatsapp.customerWrites(moved, "it is me");
    whatsapp.run();
    assertThat(hub.events())
        .extracting(event -> (Object) event.getClass())
        .containsExactly(
            MessageReceived.class,
            InboundEvent.ReactionChanged.class,
            InboundEvent.IdentityRenamed.class,
            MessageReceived.class,
            MessageReceived.class);
    assertThat(((MessageReceived) hub.events().getFirst()).parts())
        .containsExactly(Part.Text.plain("héllo / 你好 😀"));
    assertThat(hub.events().getLast().sender()).isEqualTo(ANN_ID);
    assertThat(((MessageReceived) hub.events().getLast()).address()).isEqualTo("491709999999");
  }

  @Test
  void R09_manyEntriesInOneWebhookAreAllTaken() {
    whatsapp.hold();
    IntStream.range(0, 30).forEach(i -> whatsapp.customerWrites(ANN, "message " + i));
    whatsapp.release();
    whatsapp.run();
    assertThat(hub.batches()).hasSize(1);
    assertThat(hub.events()).hasSize(30);
  }

  @Test
  void R04_whatWasRefusedForHoursIsTakenWhenItComesAgain() {
    hub.refuseNext(5);
    whatsapp.customerWrites(ANN, "hi");
    int hours = 0;
    while (whatsapp.pendingWebhooks() > 0 && hours++ < 48) {
      whatsapp.run();
      clock.advance(Duration.ofHours(1));
    }
    assertThat(hub.events()).hasSize(1);
    assertThat(hours).isBetween(2, 47);
  }

  @Test
  void mischiefOnTheWayLosesAndDoublesNothing() {
    whatsapp.deliveryMischief().rate(Fault.DUPLICATE, 0.2);
    whatsapp.deliveryMischief().rate(Fault.REORDER, 0.2);
    whatsapp.deliveryMischief().rate(Fault.CUT_AFTER, 0.1);
    whatsapp.deliveryMischief().rate(Fault.SERVER_ERROR, 0.1);
    hub.refuseNext(2);
    IntStream.range(0, 50).forEach(i -> whatsapp.customerWrites(ANN, "message " + i));
    for (int i = 0; i < 100 && whatsapp.pendingWebhooks() > 0; i++) {
      whatsapp.run();
      clock.advance(Duration.ofHours(1));
    }
    assertThat(whatsapp.pendingWebhooks()).isZero();
    assertThat(hub.events()).hasSize(50);
  }

  @Test
  void R10_receiptsComeLateAndInAnyOrderEachOnce() {
    whatsapp.customerWrites(ANN, "hi");
    whatsapp.run();
    hub.remember(written(clock.instant(), "wamid.in", Map.of()));
    whatsapp.deliveryMischief().next(Fault.REORDER, Fault.DUPLICATE);
    hub.send(
        Samples.outbound(ANN_ID, ANN.number(), "", List.of(), List.of(Part.Text.plain("answer"))));
    clock.advance(Duration.ofMinutes(1));
    whatsapp.run();
    List<ReceiptReceived> receipts =
        hub.events().stream()
            .filter(ReceiptReceived.class::isInstance)
            .map(ReceiptReceived.class::cast)
            .toList();
    assertThat(receipts)
        .extracting(ReceiptReceived::status)
        .containsExactly(DeliveryStatus.DELIVERED, DeliveryStatus.SENT, DeliveryStatus.READ);
    assertThat(receipts)
        .allSatisfy(
            receipt ->
                assertThat(receipt.targets())
                    .containsExactly(whatsapp.sent().getFirst().providerId()));
  }

  @Test
  void R43_aFileIsFetchedByItsReference() throws IOException {
    byte[] bytes = "picture".getBytes(UTF_8);
    whatsapp.customerSendsFile(ANN, "image", "image/jpeg", bytes);
    whatsapp.run();
    try (MediaStore.Content content = hub.fetch(reference())) {
      assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
      assertThat(content.mediaType()).isEqualTo("image/jpeg");
      assertThat(content.size()).isEqualTo(bytes.length);
    }
    clock.advance(Duration.ofHours(1));
    try (MediaStore.Content later = hub.fetch(reference())) {
      assertThat(later.stream().readAllBytes())
          .as("a link that died is asked for again")
          .isEqualTo(bytes);
    }
  }

  @Test
  void R43_aFileThatIsGoneIsATypedFailureWithoutSecrets() {
    whatsapp.customerSendsFile(ANN, "image", "image/jpeg", new byte[1]);
    whatsapp.run();
    whatsapp.forgetFile(reference());
    assertThat(catchThrowable(() -> hub.fetch(reference())))
        .hasRootCauseInstanceOf(FileNotFoundException.class)
        .hasStackTraceContaining("the media has expired")
        .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("canary"));
  }

  @Test
  void aReferenceThatIsNoIdIsNotAskedFor() {
    assertThat(catchThrowable(() -> hub.fetch("../777/messages")))
        .hasRootCauseInstanceOf(FileNotFoundException.class);
  }

  private String reference() {
    MessageReceived event = (MessageReceived) hub.events().getLast();
    return ((Part.Media) event.parts().getFirst()).url().substring(Part.Media.FETCH.length());
  }
}
