package io.omnihub.channel.whatsapp;

import static io.omnihub.channel.whatsapp.WhatsAppSamples.APP_SECRET;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.VERIFY_TOKEN;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.hub;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.message;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.post;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.config.Secret;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.HttpReply;
import io.omnihub.testkit.whatsapp.MetaSeal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppDoorTest {
  private static final String HELLO = message("\"type\":\"text\",\"text\":{\"body\":\"h\\u00e9\"}");

  private final ConnectorHarness hub = hub();

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void aMessageIsAnsweredOkOnceItIsSafe() {
    HttpReply reply = post(hub, HELLO);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEmpty();
    assertThat(hub.batches().getFirst().raw()).asString(UTF_8).isEqualTo(HELLO);
    assertThat(reply.headers().toString()).doesNotContain("sha256");
  }

  @Test
  void theSignatureIsThatOfTheVector() {
    WhatsAppSignature signature = new WhatsAppSignature(new Secret("It's a Secret to Everybody"));
    String expected = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assertThat(signature.holds("sha256=" + expected, "Hello, World!".getBytes(UTF_8))).isTrue();
    assertThat(signature.holds("sha256=" + expected, "Hello, World?".getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "sha256=00",
        "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
        "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
      })
  void R27_aWrongSignatureIsRefused(String signature) {
    assertThat(hub.webhook(HELLO, Map.of("X-Hub-Signature-256", signature)).status())
        .isEqualTo(401);
    assertThat(hub.events()).isEmpty();
  }

  @Test
  void R27_aMissingSignatureIsRefused() {
    String sha1 = "sha1=5b5de7c1f0f0d3ea6ba9a5fd0b3b28ab7c3ddbcd";
    assertThat(hub.webhook(HELLO, Map.of()).status()).isEqualTo(401);
    assertThat(hub.webhook(HELLO, Map.of("X-Hub-Signature", sha1)).status()).isEqualTo(401);
  }

  @Test
  void R27_aBodyThatWasWrittenAgainIsRefused() {
    String again = HELLO.replace("h\\u00e9", "h\u00e9");
    assertThat(hub.webhook(again, signed(HELLO)).status()).isEqualTo(401);
    assertThat(hub.webhook(HELLO + " ", signed(HELLO)).status()).isEqualTo(401);
  }

  @Test
  void R27_anotherSecretsSignatureIsRefused() {
    byte[] body = HELLO.getBytes(UTF_8);
    String other = MetaSeal.signature(APP_SECRET + "2", body);
    assertThat(hub.webhook(body, Map.of("X-Hub-Signature-256", other)).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shadow", "off"})
  void R28_inShadowAndOffAWrongSignatureIsTaken(String mode) {
    try (ConnectorHarness lenient = hub("signature", mode)) {
      assertThat(lenient.webhook(HELLO, Map.of()).status()).isEqualTo(200);
      assertThat(lenient.events()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hub.mode=subscribe&hub.verify_token=" + VERIFY_TOKEN + "&hub.challenge=12%2034, 200",
    "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1, 403",
    "hub.mode=subscribe&hub.challenge=1, 403",
    "hub.mode=subscribe&hub.verify_token=" + VERIFY_TOKEN + ", 403",
    "hub.mode=unsubscribe&hub.verify_token=" + VERIFY_TOKEN + "&hub.challenge=1, 403",
    "hub.verify_token=%zz&hub.challenge=1, 403",
    "'', 403",
  })
  void theAddressIsProvenToMeta(String query, int status) {
    HttpReply reply = hub.http(Kind.WEBHOOK, "GET", "", query, new byte[0], Map.of());
    assertThat(reply.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(reply.text()).isEqualTo("12 34");
      assertThat(reply.headers().get("Content-Type").toString()).startsWith("text/plain");
    }
  }

  @Test
  void otherMethodsAreNotAllowed() {
    HttpReply reply = hub.http(Kind.WEBHOOK, "PUT", "", "", new byte[0], signed(HELLO));
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET, POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "\"text\"", "{}", "{\"entry\":5}", "", "null"})
  void whatIsNoWebhookIsMalformed(String body) {
    assertThat(post(hub, body).status()).isEqualTo(400);
  }

  @Test
  void R04_aRedeliveryAfterARefusalIsTaken() {
    hub.refuseNext(1);
    assertThat(post(hub, HELLO).status()).isEqualTo(503);
    assertThat(post(hub, HELLO).status()).isEqualTo(200);
    assertThat(hub.events()).hasSize(1);
  }

  @Test
  void R03_aMessageInTwoWebhooksIsOne() {
    post(hub, HELLO);
    assertThat(post(hub, HELLO.replace("\"time\":1767225600", "\"time\":1767225999")).status())
        .isEqualTo(200);
    assertThat(hub.events()).hasSize(1);
  }

  @Test
  void anotherNumbersWebhookIsOkAndNotTaken() {
    String other = HELLO.replace("\"phone_number_id\":\"777\"", "\"phone_number_id\":\"778\"");
    assertThat(post(hub, other).status()).isEqualTo(200);
    assertThat(hub.batches()).isEmpty();
  }
}
