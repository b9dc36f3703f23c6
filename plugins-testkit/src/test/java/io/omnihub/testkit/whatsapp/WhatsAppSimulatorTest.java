package io.omnihub.testkit.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.omnihub.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppSimulatorTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final BusinessNumber BUSINESS =
      new BusinessNumber("777", "999", "token", "secret");
  private static final WhatsAppUser ANN = WhatsAppUser.of("4917", "Ann");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ManualClock clock = new ManualClock(NOON);
  private final WhatsAppSimulator whatsapp = new WhatsAppSimulator(0, BUSINESS, 1, clock);
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> delivered = new ArrayList<>();

  @AfterEach
  void stop() {
    client.close();
    whatsapp.close();
  }

  @Test
  void webhooksAreEscapedAndSignedAsTheyAre() {
    whatsapp.deliverThrough(
        (headers, body) -> {
          delivered.add(new String(body, UTF_8));
          assertThat(headers)
              .containsEntry("X-Hub-Signature-256", MetaSeal.signature("secret", body));
          return 200;
        });
    whatsapp.customerWrites(ANN, "é/😀");
    whatsapp.run();
    assertThat(delivered).singleElement().asString().contains("\\u00E9\\/\\uD83D\\uDE00");
  }

  @Test
  void theSignatureIsThatOfTheVector() {
    assertThat(MetaSeal.signature("It's a Secret to Everybody", "Hello, World!".getBytes(UTF_8)))
        .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
  }

  @Test
  void aWebhookComesAgainForSevenDaysAndNotLonger() {
    whatsapp.deliverThrough(
        (headers, body) -> {
          delivered.add("once");
          return 503;
        });
    whatsapp.customerWrites(ANN, "hi");
    for (int hour = 0; hour < 24 * 10; hour++) {
      whatsapp.run();
      clock.advance(Duration.ofHours(1));
    }
    assertThat(whatsapp.pendingWebhooks()).isZero();
    assertThat(delivered).hasSizeBetween(10, 40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "to":"4917","type":"text","text":{"body":""}                        | 131009
          "to":"4918","type":"text","text":{"body":"a"}                       | 131026
          "to":"4917","type":"hologram"                                       | 100
          "to":"4917","type":"image","image":{}                               | 131008
          "to":"4917","type":"image","image":{"id":"5"}                       | 100
          "to":"4917","type":"template","template":{"name":"x"}               | 132001
          "to":"4917","type":"interactive","interactive":{"type":"button","body":{"text":"q"},"action":{"buttons":[]}} | 131009
          """)
  void whatWhatsAppRefusesIsRefused(String fields, int code) {
    whatsapp.customerWrites(ANN, "hi");
    JsonNode answer = send(fields);
    assertThat(answer.at("/error/code").asInt()).isEqualTo(code);
    assertThat(whatsapp.sent()).isEmpty();
  }

  @Test
  void theWindowClosesAfterADay() {
    whatsapp.customerWrites(ANN, "hi");
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(send(TEXT).at("/messages/0/id").asText()).startsWith("wamid.");
    clock.advance(Duration.ofSeconds(1));
    assertThat(send(TEXT).at("/error/code").asInt()).isEqualTo(131047);
  }

  @Test
  void pairAndTierAreLimited() {
    whatsapp.limit(1, 2);
    WhatsAppUser bob = WhatsAppUser.of("4918", "Bob");
    whatsapp.customerWrites(ANN, "hi");
    whatsapp.customerWrites(bob, "hi");
    assertThat(send(TEXT).has("messages")).isTrue();
    assertThat(send(TEXT).at("/error/code").asInt()).isEqualTo(131056);
    assertThat(send(TEXT.replace("4917", "4918")).has("messages")).isTrue();
    assertThat(send(TEXT.replace("4917", "4918")).at("/error/code").asInt()).isEqualTo(130429);
    clock.advance(Duration.ofSeconds(6));
    assertThat(send(TEXT).has("messages")).isTrue();
  }

  @Test
  void linksToMediaDie() {
    String id = whatsapp.addFile("image/png", "picture".getBytes(UTF_8));
    String link = read(get(whatsapp.url() + "/" + id)).path("url").asText();
    assertThat(get(link).body()).isEqualTo("picture");
    clock.advance(Duration.ofMinutes(5));
    assertThat(get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void aWrongTokenIsRefused() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(whatsapp.url() + "/v23.0/777/messages"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .header("Authorization", "Bearer wrong")
            .build();
    assertThat(read(sent(request)).at("/error/code").asInt()).isEqualTo(190);
  }

  private static final String TEXT = "\"to\":\"4917\",\"type\":\"text\",\"text\":{\"body\":\"a\"}";

  private JsonNode send(String fields) {
    return read(
        sent(
            authorized(whatsapp.url() + "/v23.0/777/messages")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"messaging_product\":\"whatsapp\"," + fields + "}"))
                .build()));
  }

  private HttpResponse<String> get(String url) {
    return sent(authorized(url).build());
  }

  private static HttpRequest.Builder authorized(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer token");
  }

  private HttpResponse<String> sent(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode read(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
