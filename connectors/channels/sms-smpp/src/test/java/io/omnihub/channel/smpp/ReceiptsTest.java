package io.omnihub.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.InboundEvent.ReceiptReceived;
import io.omnihub.channel.smpp.pdu.Address;
import io.omnihub.channel.smpp.pdu.Delivery;
import io.omnihub.channel.smpp.pdu.Tag;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id:77 sub:001 dlvrd:001 submit date:2605011200 done date:2605011201 stat:DELIVRD err:000"
            + " text:Hello",
        "id:0000000077 sub:001 dlvrd:001 submit date:260501120000 done date:260501120130"
            + " stat:DELIVRD err:000 Text:Hello stat:UNDELIV",
        "id:77 stat:DELIVRD",
        "ID:77 STAT:delivrd ERR:",
        "id: 77  sub: 001  dlvrd: 001  stat: DELIVRD  err: 0A1 text:",
        "id:77 submit date:2605011200 done date:2605011201 stat:DELIVERED err:abc text",
        "id:77 sub:001 dlvrd:001",
        "id=77,stat=DELIVRD,err=0",
        "sub:001 dlvrd:001 done date:2605011201 stat:DELIVRD err:0 id:77"
      })
  void dialectsOfTheTextAreUnderstood(String text) {
    ReceiptReceived receipt = read(text, Map.of());
    assertThat(receipt.targets()).startsWith("77");
    assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(receipt.failure()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "DELIVRD,DELIVERED,",
    "EXPIRED,FAILED,TIMEOUT",
    "DELETED,FAILED,TRANSIENT",
    "UNDELIV,FAILED,RECIPIENT_INVALID",
    "REJECTD,FAILED,CONTENT_REJECTED",
    "FAILED,FAILED,TRANSIENT",
    "SKIPPED,FAILED,TRANSIENT",
    "ACCEPTD,SENT,",
    "ENROUTE,SENT,",
    "UNKNOWN,SENT,",
    "BUFFRED,SENT,",
    "ACKED,SENT,",
    "WHATEVER,SENT,"
  })
  void statesOfTheText(String stat, DeliveryStatus status, Failure.Code code) {
    ReceiptReceived receipt = read("id:77 stat:" + stat + " err:012", Map.of());
    assertThat(receipt.status()).isEqualTo(status);
    if (code == null) {
      assertThat(receipt.failure()).isNull();
    } else {
      assertThat(receipt.failure().code()).isEqualTo(code);
      assertThat(receipt.failure().detail()).contains(stat, "012");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,SENT",
    "2,DELIVERED",
    "3,FAILED",
    "5,FAILED",
    "6,SENT",
    "7,SENT",
    "8,FAILED",
    "0,SENT",
    "9,FAILED"
  })
  void theParameterCountsBeforeTheText(int state, DeliveryStatus status) {
    Map<Integer, byte[]> parameters =
        Map.of(
            Tag.RECEIPTED_MESSAGE_ID,
            "ABC12\0".getBytes(StandardCharsets.US_ASCII),
            Tag.MESSAGE_STATE,
            new byte[] {(byte) state});
    ReceiptReceived receipt = read("something else altogether", parameters);
    assertThat(receipt.targets().getFirst()).isEqualTo("abc12");
    assertThat(receipt.status()).isEqualTo(status);
  }

  @Test
  void theNetworkErrorIsTold() {
    Map<Integer, byte[]> parameters = Map.of(Tag.NETWORK_ERROR_CODE, new byte[] {3, 1, 2});
    assertThat(read("id:77 stat:UNDELIV err:000", parameters).failure().detail()).contains("258");
  }

  @Test
  void aReceiptWithoutIdIsNone() {
    Receipts receipts = receipts(ReceiptIds.Dialect.AUTO);
    assertThat(receipts.read(delivery("stat:DELIVRD", Map.of()))).isEmpty();
  }

  @Test
  void receiptsThatAreNotMarkedAreKnownByTheirParameter() {
    byte[] id = "77".getBytes(StandardCharsets.US_ASCII);
    assertThat(Receipts.isReceipt(unmarked(Map.of(Tag.RECEIPTED_MESSAGE_ID, id)))).isTrue();
    assertThat(Receipts.isReceipt(unmarked(Map.of()))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1A2B,auto,1a2b",
    "0000001a,auto,1a",
    "26,auto,1a",
    "1A,auto,26",
    "26,hex-to-decimal,1a",
    "1A,decimal-to-hex,26",
    "00077,same,77",
    "msg-aB3,auto,msg-aB3"
  })
  void everyWayToWriteAnIdIsACandidate(String inReceipt, String dialect, String kept) {
    assertThat(ReceiptIds.candidates(List.of(inReceipt), ReceiptIds.Dialect.of(dialect)))
        .contains(kept);
  }

  @ParameterizedTest
  @CsvSource({"000ABC,abc", "0,0", "000,0", "abcxyz,abcxyz", "'7 ',7"})
  void answeredIdsAreKeptInOneForm(String answered, String kept) {
    assertThat(ReceiptIds.canonical(answered)).isEqualTo(kept);
  }

  private static ReceiptReceived read(String text, Map<Integer, byte[]> parameters) {
    return (ReceiptReceived)
        receipts(ReceiptIds.Dialect.AUTO).read(delivery(text, parameters)).orElseThrow();
  }

  private static Receipts receipts(ReceiptIds.Dialect dialect) {
    SmppConfig.Source source =
        new SmppConfig.Source("", OptionalInt.empty(), OptionalInt.empty(), "DE");
    return new Receipts(dialect, new Numbers(source, "acc"), new ManualClock(Samples.NOON));
  }

  private static Delivery delivery(String text, Map<Integer, byte[]> parameters) {
    return new Delivery(
        new Address(1, 1, SmppTests.CUSTOMER),
        new Address(1, 1, SmppTests.SHOP),
        0x04,
        0,
        text.getBytes(StandardCharsets.US_ASCII),
        parameters);
  }

  private static Delivery unmarked(Map<Integer, byte[]> parameters) {
    Delivery marked = delivery("id:77 stat:DELIVRD", parameters);
    return new Delivery(
        marked.source(), marked.destination(), 0, 0, marked.shortMessage(), parameters);
  }
}
