package io.omnihub.channel.smpp;

import static io.omnihub.channel.smpp.SmppTests.CUSTOMER;
import static io.omnihub.channel.smpp.SmppTests.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import io.omnihub.channel.smpp.pdu.Status;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.smsc.DeliveredSms;
import io.omnihub.testkit.smsc.SmscSimulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmppReceivingTest {
  private final SmscSimulator smsc = SmscSimulator.start();
  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final AccountState state = ConnectorHarness.freshState();
  private ConnectorHarness hub = start();

  @AfterEach
  void stop() {
    hub.close();
    smsc.close();
  }

  @Test
  void R60_aMessageBelongsToTheNumbersOfBoth() {
    assertThat(smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "hello"))).isZero();
    MessageReceived message = SmppTests.messages(hub).getFirst();
    assertThat(message.sender()).hasToString("tel:+" + CUSTOMER);
    assertThat(message.address()).isEqualTo("+" + CUSTOMER);
    assertThat(message.threading().key()).isEqualTo("+" + SHOP);
    assertThat(message.parts()).containsExactly(Part.Text.plain("hello"));
    assertThat(message.automatic()).isFalse();
  }

  @Test
  void whatANameSendsIsAutomatic() {
    DeliveredSms text = DeliveredSms.text("ExampleBank", SHOP, "your code");
    smsc.deliver(new DeliveredSms(5, "ExampleBank", SHOP, 0, 0, text.content(), List.of()));
    assertThat(SmppTests.messages(hub).getFirst().automatic()).isTrue();
  }

  @Test
  void R04_whatTheHubDoesNotTakeStaysWithTheCentre() {
    DeliveredSms text = DeliveredSms.text(CUSTOMER, SHOP, "hello");
    hub.refuseNext(1);
    assertThat(smsc.deliver(text)).isEqualTo(Status.TEMPORARILY_REFUSED);
    assertThat(hub.events()).isEmpty();
    assertThat(smsc.deliver(text)).isZero();
    assertThat(SmppTests.texts(hub)).containsExactly("hello");
  }

  @Test
  void R03_theSameTwiceAfterAnOkIsTwoMessages() {
    smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "ok"));
    smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "ok"));
    assertThat(SmppTests.texts(hub)).containsExactly("ok", "ok");
  }

  @Test
  void R03_theSameOnTheNextConnectionIsOneMessage() {
    smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "ok"));
    smsc.drop();
    smsc.awaitBound(1);
    assertThat(smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "ok"))).isZero();
    assertThat(hub.events()).hasSize(1);
    clock.advance(Duration.ofMinutes(11));
    smsc.drop();
    smsc.awaitBound(1);
    smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "ok"));
    assertThat(hub.events()).hasSize(2);
  }

  @Test
  void R03_theSameAfterARestartHasTheSameKey() {
    smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "ok"));
    String key = hub.events().getFirst().key();
    restart();
    smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "ok"));
    assertThat(hub.events().getFirst().key()).isEqualTo(key);
  }

  @Test
  void partsAreJoinedInWhateverOrderTheyCome() {
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 3, 3, "three"));
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 3, 1, "one "));
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 3, 1, "one "));
    assertThat(hub.events()).isEmpty();
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 3, 2, "two "));
    assertThat(SmppTests.texts(hub)).containsExactly("one two three");
    assertThat(SmppTests.messages(hub).getFirst().attributes()).containsEntry("segments", 3);
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 3, 2, "two "));
    clock.advance(Duration.ofHours(2));
    smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "next"));
    assertThat(SmppTests.texts(hub)).containsExactly("one two three", "next");
  }

  @Test
  void R01_partsOutliveARestart() {
    assertThat(smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 2, "two"))).isZero();
    restart();
    assertThat(smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 1, "one "))).isZero();
    assertThat(SmppTests.texts(hub)).containsExactly("one two");
    restart();
    assertThat(smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 1, "one "))).isZero();
    assertThat(hub.events()).isEmpty();
  }

  @Test
  void aCompletedMessageThatTheHubDoesNotTakeComesAgainWithItsLastPart() {
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 1, "one "));
    hub.refuseNext(1);
    DeliveredSms last = DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 2, "two");
    assertThat(smsc.deliver(last)).isEqualTo(Status.TEMPORARILY_REFUSED);
    assertThat(smsc.deliver(last)).isZero();
    assertThat(SmppTests.texts(hub)).containsExactly("one two");
  }

  @Test
  void missingPartsAreMarkedAfterTheTimeout() {
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 3, 1, "one "));
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 3, 3, " three"));
    clock.advance(Duration.ofHours(1));
    hub.awaitEvents(1);
    assertThat(SmppTests.texts(hub)).containsExactly("one […] three");
    assertThat(SmppTests.messages(hub).getFirst().attributes())
        .containsEntry("missingSegments", List.of(2));
  }

  @Test
  void aReferenceThatIsUsedAgainLosesNothing() {
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 1, "old "));
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 1, "new "));
    smsc.deliver(DeliveredSms.part(CUSTOMER, SHOP, 7, 2, 2, "end"));
    assertThat(SmppTests.texts(hub)).containsExactly("new end");
    clock.advance(Duration.ofHours(1));
    hub.awaitEvents(2);
    assertThat(SmppTests.texts(hub)).containsExactly("new end", "old […]");
  }

  @Test
  void partsByParametersAreJoinedToo() {
    for (int number = 1; number <= 2; number++) {
      smsc.deliver(
          DeliveredSms.text(CUSTOMER, SHOP, "part" + number)
              .with(0x020C, new byte[] {1, 2})
              .with(0x020E, new byte[] {2})
              .with(0x020F, new byte[] {(byte) number}));
    }
    assertThat(SmppTests.texts(hub)).containsExactly("part1part2");
  }

  @Test
  void charactersThatAPhoneCutInTheMiddleAreWhole() {
    byte[] first = {5, 0, 3, 9, 2, 1, (byte) 0xd8, 0x3d};
    byte[] second = {5, 0, 3, 9, 2, 2, (byte) 0xde, 0x00};
    smsc.deliver(new DeliveredSms(1, CUSTOMER, SHOP, 0x40, 8, first, List.of()));
    smsc.deliver(new DeliveredSms(1, CUSTOMER, SHOP, 0x40, 8, second, List.of()));
    assertThat(SmppTests.texts(hub)).containsExactly("😀");
  }

  @Test
  void binaryIsKeptAsItCame() {
    smsc.deliver(new DeliveredSms(1, CUSTOMER, SHOP, 0, 4, new byte[] {1, 2}, List.of()));
    Part part = SmppTests.messages(hub).getFirst().parts().getFirst();
    assertThat(part).isInstanceOf(Part.Unsupported.class);
    assertThat(((Part.Unsupported) part).raw().toString()).contains("0102");
  }

  @Test
  void R10_receiptsNameTheMessageAndHowFarItIs() {
    smsc.deliver(DeliveredSms.receipt(CUSTOMER, SHOP, "id:00AB stat:DELIVRD err:000 text:"));
    InboundEvent.ReceiptReceived receipt =
        (InboundEvent.ReceiptReceived) hub.awaitEvents(1).getFirst();
    assertThat(receipt.targets()).startsWith("ab");
    assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(smsc.deliver(DeliveredSms.receipt(CUSTOMER, SHOP, "no id"))).isZero();
    assertThat(hub.awaitEvents(2).get(1)).isInstanceOf(InboundEvent.Unreadable.class);
  }

  @Test
  void aPairReceivesOnOneConnection() {
    hub.close();
    hub =
        ConnectorHarness.start(
            SmppTests.plugin(), SmppTests.settings(smsc, "bind", "pair"), clock, state);
    smsc.awaitBound(2);
    assertThat(smsc.binds()).contains("BIND_RX", "BIND_TX");
    assertThat(smsc.deliver(DeliveredSms.text(CUSTOMER, SHOP, "hello"))).isZero();
    hub.send(SmppTests.message("hi"));
    smsc.awaitSubmitted(1);
    Await.until("the message", () -> !hub.events().isEmpty());
  }

  private void restart() {
    hub.close();
    smsc.awaitBound(0);
    hub = start();
  }

  private ConnectorHarness start() {
    ConnectorHarness started =
        ConnectorHarness.start(SmppTests.plugin(), SmppTests.settings(smsc), clock, state);
    smsc.awaitBound(1);
    return started;
  }
}
