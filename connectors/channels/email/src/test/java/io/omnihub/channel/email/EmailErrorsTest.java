package io.omnihub.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.channel.email.PhasedTransport.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every answer of a mail server, at every step, and what it means. */
class EmailErrorsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "CONNECT,    421, '4.3.2 busy',           Throttled, ''",
    "CONNECT,    554, '5.5.0 no service',     Refused,   CONFIG",
    "CONNECT,    454, '4.7.0 temporary',      NotSent,   TRANSIENT",
    "CONNECT,    535, '5.7.8 bad credentials',Refused,   AUTH",
    "CONNECT,    534, '5.7.9 too weak',       Refused,   AUTH",
    "SENDER,     530, '5.7.0 log in first',   Refused,   AUTH",
    "SENDER,     550, '5.7.1 not yours',      Refused,   CONFIG",
    "SENDER,     452, '4.3.1 full',           Throttled, ''",
    "RECIPIENT,  450, '4.2.0 greylisted',     NotSent,   TRANSIENT",
    "RECIPIENT,  451, '4.7.1 slow down',      Throttled, ''",
    "RECIPIENT,  550, '5.1.1 unknown',        Refused,   RECIPIENT_INVALID",
    "RECIPIENT,  551, 'moved',                Refused,   RECIPIENT_INVALID",
    "RECIPIENT,  553, '5.1.3 bad syntax',     Refused,   RECIPIENT_INVALID",
    "RECIPIENT,  550, '5.7.1 denied',         Refused,   CONTENT_REJECTED",
    "RECIPIENT,  552, '5.2.2 mailbox full',   Refused,   CONTENT_REJECTED",
    "CONTENT,    554, '5.7.1 spam',           Refused,   CONTENT_REJECTED",
    "ACCEPTANCE, 552, '5.3.4 too big',        Refused,   CONTENT_REJECTED",
    "ACCEPTANCE, 550, '5.7.1 spam',           Refused,   CONTENT_REJECTED",
    "ACCEPTANCE, 451, '4.3.0 try later',      Throttled, ''",
    "ACCEPTANCE, 450, '4.3.0 try later',      NotSent,   TRANSIENT",
    "ACCEPTANCE, -1,  '[EOF]',                Unknown,   UNKNOWN_OUTCOME",
    "ACCEPTANCE, 0,   '',                     Unknown,   UNKNOWN_OUTCOME",
    "ACCEPTANCE, 354, 'go on',                Unknown,   UNKNOWN_OUTCOME",
    "CONTENT,    354, 'go on',                NotSent,   TRANSIENT",
    "RECIPIENT,  -1,  '[EOF]',                NotSent,   TRANSIENT",
    "CONNECT,    0,   '',                     NotSent,   TRANSIENT",
  })
  void answersAndOutcomes(Phase phase, int code, String text, String outcome, String failure) {
    SendOutcome mapped =
        EmailErrors.of(phase, new EmailErrors.Reply(code, code + " " + text), NOON);
    assertThat(mapped.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(codeOf(mapped)).isEqualTo(failure);
  }

  @Test
  void aBusyServerIsLeftAloneForAMinute() {
    assertThat(EmailErrors.of(Phase.SENDER, new EmailErrors.Reply(421, "421 busy"), NOON))
        .isEqualTo(new SendOutcome.Throttled(NOON.plusSeconds(60)));
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void whatTheServerSaysIsNotPassedOn(Phase phase) {
    SendOutcome outcome =
        EmailErrors.of(phase, new EmailErrors.Reply(550, "550 5.1.1 <ann@x.example> gone"), NOON);
    assertThat(outcome.toString()).doesNotContain("ann@x.example").contains("550 5.1.1");
  }

  private static String codeOf(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Refused(Failure failure) -> failure.code().name();
      case SendOutcome.NotSent(Failure failure) -> failure.code().name();
      case SendOutcome.Unknown(Failure failure) -> failure.code().name();
      case SendOutcome.Accepted accepted -> "";
      case SendOutcome.Throttled throttled -> "";
    };
  }
}
