package io.omnihub.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.channel.smpp.SmppInbound.Content;
import io.omnihub.channel.smpp.pdu.MalformedPduException;
import io.omnihub.channel.smpp.pdu.Pdu;
import io.omnihub.channel.smpp.pdu.PduReader;
import io.omnihub.channel.smpp.text.DataCoding.DefaultAlphabet;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.smsc.DeliveredSms;
import io.omnihub.testkit.smsc.SmscSimulator;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecordedPdusTest {

  /** Some are cut off or have an impossible length on purpose. */
  @Test
  void everyRecordedPduIsReadOrRefused() throws IOException {
    int read = 0;
    for (Map.Entry<String, byte[]> recorded : Fixtures.pdus().entrySet()) {
      try {
        Pdu pdu = first(recorded.getValue());
        assertThat(pdu.written()).startsWith(wholly(recorded.getValue()));
        inbound().read(pdu, () -> "digest/1");
        read++;
      } catch (EOFException | MalformedPduException e) {
        assertThat(recorded.getKey())
            .isIn(
                "decodeLessThan16Bytes",
                "decodeSignedIntLength",
                "decodeSubmitSmWith255ByteShortMessage",
                "encodeDeliverSm",
                "encodeDeliverSmAsDeliveryReceipt");
      }
    }
    assertThat(read).isGreaterThan(40);
  }

  @Test
  void recordedDeliveriesSayWhatTheySaid() throws Exception {
    assertThat(text("decodeDeliverSmWithOptionalMessagePayload"))
        .isEqualTo("¡Maidenman664 was it sappy? &Romantic?");
    assertThat(text("decodeDeliverSmWith2BytePayload")).isEqualTo("Ok");
    assertThat(text("decodeDeliverSmWith1BytePayload")).isEqualTo("O");
    assertThat(text("decodeDeliverSmWithNoPayload")).isEmpty();
    assertThat(text("decodeDeliverSMWithNotPerSpecSequenceNumberButNeedsToBeValid")).isNotEmpty();
  }

  @Test
  void recordedReceiptsNameTheirMessage() throws Exception {
    InboundEvent.ReceiptReceived first =
        receipt("decodeDeliverSmNetforsDeliveryReceiptTriggeredErrorInLegacySmppLibrary");
    // its receipted_message_id says that it is longer than the PDU: the text counts
    assertThat(first.targets()).startsWith("3005");
    assertThat(first.status()).isEqualTo(DeliveryStatus.DELIVERED);
    InboundEvent.ReceiptReceived second = receipt("decodeDeliveryReceipt0");
    assertThat(second.targets().getFirst()).isEqualTo("126e85a6edeac1a02020099312479564");
    assertThat(second.status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void noRecordedPduEndsTheAccount() {
    Map<String, byte[]> pdus = Fixtures.pdus();
    try (SmscSimulator smsc = SmscSimulator.start();
        ConnectorHarness hub = ConnectorHarness.start(SmppTests.plugin(), smsc.settings())) {
      for (byte[] pdu : pdus.values()) {
        smsc.awaitBound(1);
        smsc.inject(pdu);
        smsc.drop();
      }
      smsc.awaitBound(1);
      DeliveredSms last = DeliveredSms.text("4915112345678", "4930123456", "still here");
      assertThat(smsc.deliver(last)).isZero();
      assertThat(SmppTests.texts(hub)).contains("still here");
    }
  }

  private static String text(String name) throws Exception {
    Content.Whole whole = (Content.Whole) inbound().read(first(named(name)), () -> "digest/1");
    InboundEvent.MessageReceived message = (InboundEvent.MessageReceived) whole.event();
    return ((Part.Text) message.parts().getFirst()).text();
  }

  private static InboundEvent.ReceiptReceived receipt(String name) throws Exception {
    Content.Whole whole = (Content.Whole) inbound().read(first(named(name)), () -> "digest/1");
    return (InboundEvent.ReceiptReceived) whole.event();
  }

  private static byte[] named(String name) {
    return Fixtures.pdus().get(name);
  }

  private static Pdu first(byte[] bytes) throws IOException, MalformedPduException {
    return new PduReader(new ByteArrayInputStream(bytes)).next().orElseThrow();
  }

  private static byte[] wholly(byte[] bytes) {
    byte[] first = new byte[ByteBuffer.wrap(bytes).getInt()];
    System.arraycopy(bytes, 0, first, 0, first.length);
    return first;
  }

  private static SmppInbound inbound() {
    return new SmppInbound(
        new SmppConfig.Receiving(DefaultAlphabet.GSM, ReceiptIds.Dialect.AUTO, Duration.ofHours(1)),
        new Numbers(
            new SmppConfig.Source("", OptionalInt.empty(), OptionalInt.empty(), "GB"), "acc"),
        Clock.systemUTC());
  }
}
