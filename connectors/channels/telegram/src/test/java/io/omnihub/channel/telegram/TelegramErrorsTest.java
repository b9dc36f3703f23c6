package io.omnihub.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.http.HttpOutcomes;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.Samples;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelegramErrorsTest {
  private final ManualClock clock = new ManualClock(Samples.NOON);

  @ParameterizedTest
  @CsvSource({
    "403, Forbidden: bot was blocked by the user, RECIPIENT_BLOCKED",
    "403, Forbidden: user is deactivated, RECIPIENT_BLOCKED",
    "400, Bad Request: chat not found, RECIPIENT_INVALID",
    "400, Bad Request: PEER_ID_INVALID, RECIPIENT_INVALID",
    "400, Bad Request: message text is empty, CONTENT_REJECTED",
    "413, Request Entity Too Large, CONTENT_REJECTED",
    "401, Unauthorized, AUTH",
    "404, Not Found, AUTH",
  })
  void refusalsSayWhoHasToAct(int status, String description, Failure.Code code) {
    assertThat(outcome(status, description))
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.failure().code()).isEqualTo(code));
  }

  @Test
  void tooManyRequestsWaitAsLongAsTelegramSays() {
    BotAnswer answer =
        BotAnswer.read(429, bytes("{\"ok\":false,\"parameters\":{\"retry_after\":7}}"));
    assertThat(TelegramErrors.outcome((BotAnswer.Declined) answer, clock))
        .isEqualTo(new SendOutcome.Throttled(Samples.NOON.plusSeconds(7)));
  }

  @Test
  void telegramsOwnFaultIsSafeToRetryAGatewaysIsNot() {
    assertThat(outcome(500, "Internal Server Error")).isInstanceOf(SendOutcome.NotSent.class);
    assertThat(outcome(502, "Bad Gateway")).isInstanceOf(SendOutcome.NotSent.class);
    BotAnswer gateway = BotAnswer.read(502, bytes("<html>nginx</html>"));
    assertThat(TelegramErrors.outcome((BotAnswer.Declined) gateway, clock))
        .isInstanceOf(SendOutcome.Unknown.class);
  }

  @Test
  void onlyARequestThatWasNeverWrittenIsNotSent() {
    assertThat(HttpOutcomes.ofFailure(new ConnectException()))
        .isInstanceOf(SendOutcome.NotSent.class);
    assertThat(HttpOutcomes.ofFailure(new SocketTimeoutException()))
        .isInstanceOf(SendOutcome.Unknown.class);
    assertThat(HttpOutcomes.ofFailure(new NoHttpResponseException("cut")))
        .isInstanceOf(SendOutcome.Unknown.class);
  }

  @Test
  void anAnswerThatCannotBeReadIsLost() {
    assertThat(BotAnswer.read(200, bytes("<html>"))).isInstanceOf(BotAnswer.Lost.class);
    assertThat(BotAnswer.read(200, bytes("{}"))).isInstanceOf(BotAnswer.Lost.class);
  }

  @Test
  void detailsDoNotQuoteTheMessage() {
    SendOutcome.Refused refused =
        (SendOutcome.Refused)
            outcome(400, "Bad Request: can't parse entities: tag \"my secret\" is unknown");
    assertThat(refused.failure().detail()).isEqualTo("HTTP 400, can't parse entities");
  }

  private SendOutcome outcome(int status, String description) {
    String body =
        "{\"ok\":false,\"description\":\"%s\"}".formatted(description.replace("\"", "\\\""));
    return TelegramErrors.outcome((BotAnswer.Declined) BotAnswer.read(status, bytes(body)), clock);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
