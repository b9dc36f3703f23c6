package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.InboundEvent.ReceiptReceived;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BounceTest {
  private static final String COPY =
      """
          Return-Path: <support@shop.example>
          Message-ID: <ours.1@shop.example>
          To: kim@customer.example
          Subject: Your order

          Hello Kim
          """;

  private static String from(String sender, String subject, String rest) {
    return "Return-Path: <>\nFrom: "
        + sender
        + "\nTo: support@shop.example\nSubject: "
        + subject
        + "\nMessage-ID: <b1@mx.customer.example>\n"
        + rest;
  }

  private static String standard(String fields) {
    return from(
        "MAILER-DAEMON@mx.customer.example",
        "Undelivered Mail Returned to Sender",
        """
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            This is the mail system.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.customer.example

            """
            + fields
            + "\n--b\nContent-Type: message/rfc822\n\n"
            + COPY
            + "--b--\n");
  }

  /** The standard and five that follow none. */
  static Stream<Arguments> bounces() {
    return Stream.of(
        Arguments.of(
            "RFC 3464",
            standard(
                """
                    Final-Recipient: rfc822; kim@customer.example
                    Action: failed
                    Status: 5.1.1
                    Diagnostic-Code: smtp; 550 5.1.1 no such user
                    """)),
        Arguments.of(
            "qmail",
            from(
                "MAILER-DAEMON@mx.customer.example",
                "failure notice",
                """

                    Hi. This is the qmail-send program at mx.customer.example.
                    I'm afraid I wasn't able to deliver your message to the following addresses.

                    <kim@customer.example>:
                    Sorry, no mailbox here by that name. (#5.1.1)

                    --- Below this line is a copy of the message.

                    """
                    + COPY)),
        Arguments.of(
            "Exim",
            from(
                "Mail Delivery System <Mailer-Daemon@mx.customer.example>",
                "Mail delivery failed: returning message to sender",
                """
                    X-Failed-Recipients: kim@customer.example

                    This message was created automatically by mail delivery software.

                      kim@customer.example
                        550 5.1.1 Unrouteable address

                    ------ This is a copy of the message, including all the headers. ------

                    """
                    + COPY)),
        Arguments.of(
            "Exchange",
            from(
                "System Administrator <postmaster@customer.example>",
                "Undeliverable: Your order",
                """

                    Your message

                      To:      support@shop.example
                      Subject: Your order

                    did not reach the following recipient(s):

                    kim@customer.example on Thu, 29 Apr 2010 00:00:00 -0000
                        The recipient name is not recognized (5.1.1)

                    Original message header:

                    """
                    + COPY)),
        Arguments.of(
            "Exchange HTML",
            from(
                "postmaster@customer.example",
                "Undeliverable: Your order",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n"
                    + "<html><body><p><b>Delivery has failed to these recipients or groups:</b></p>"
                    + "<p><a href=\"mailto:kim@customer.example\">kim@customer.example</a><br>"
                    + "The e-mail address you entered couldn't be found. 550 5.1.1 RESOLVER.ADR.RecipNotFound</p></body></html>\n"
                    + "--b\nContent-Type: message/rfc822\n\n"
                    + COPY
                    + "--b--\n")),
        Arguments.of(
            "old Sendmail",
            from(
                "Mail Delivery Subsystem <MAILER-DAEMON@mx.customer.example>",
                "Returned mail: User unknown",
                """

                       ----- Transcript of session follows -----
                    ... while talking to mx.customer.example.:
                    >>> RCPT To:<kim@customer.example>
                    <<< 550 5.1.1 User unknown
                    550 <kim@customer.example>... User unknown

                       ----- Unsent message follows -----
                    """
                    + COPY)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounces")
  void R37_aBounceIsTheFailureOfTheRightMessage(String name, String mail) {
    List<InboundEvent> events = events(mail);
    assertThat(events).hasSize(1);
    ReceiptReceived receipt = (ReceiptReceived) events.get(0);
    assertThat(receipt.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(receipt.sender()).hasToString("email:kim@customer.example");
    assertThat(receipt.targets()).first().isEqualTo("<ours.1@shop.example>");
    assertThat(receipt.failure().code()).isEqualTo(Failure.Code.RECIPIENT_INVALID);
    assertThat(receipt.failure().detail()).contains("5.1.1").doesNotContain("Kim", "@");
    assertThat(receipt.key()).isEqualTo("bounce/<b1@mx.customer.example>/kim@customer.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5.1.1 | 550 5.1.1 user unknown | RECIPIENT_INVALID | true",
        "5.1.2 | 550 host not found | RECIPIENT_INVALID | true",
        "5.2.2 | 552 5.2.2 mailbox full | TRANSIENT | false",
        "5.0.0 | 552 5.2.2 over quota | TRANSIENT | false",
        "4.4.7 | delivery time expired | TRANSIENT | false",
        "5.3.4 | 552 message too large | CONTENT_REJECTED | false",
        "5.7.1 | 554 5.7.1 message looks like spam | CONTENT_REJECTED | false",
        "5.7.26 | 550 5.7.26 DMARC | CONFIG | false",
        "5.1.8 | 553 sender address rejected | CONFIG | false",
        "5.2.1 | 550 account disabled | RECIPIENT_INVALID | false",
        "5.6.0 | 554 strange | CONTENT_REJECTED | false",
      })
  void R37_theReasonDecidesWhoHasToAct(
      String status, String diagnostic, Failure.Code code, boolean hard) {
    BounceReport report = BounceReport.of("kim@customer.example", status, "failed", diagnostic);
    assertThat(report.failure().code()).isEqualTo(code);
    assertThat(report.hard()).isEqualTo(hard);
  }

  @Test
  void R37_everyRecipientHasItsOwnReceipt() {
    List<InboundEvent> events =
        events(
            standard(
                """
                    Final-Recipient: rfc822; kim@customer.example
                    Action: failed
                    Status: 5.1.1

                    Original-Recipient: rfc822; lee@customer.example
                    Final-Recipient: rfc822; lee@other.example
                    Action: failed
                    Status: 5.2.2
                    """));
    assertThat(events)
        .extracting(event -> event.sender().value())
        .containsExactly("kim@customer.example", "lee@customer.example");
    assertThat(events).extracting(InboundEvent::key).doesNotHaveDuplicates();
  }

  @Test
  void R37_aWarningIsNoFailureButAnAutomaticMail() {
    String delayed =
        standard("Final-Recipient: rfc822; kim@customer.example\nAction: delayed\nStatus: 4.4.1\n");
    MessageReceived message = (MessageReceived) events(delayed).get(0);
    assertThat(message.automatic()).isTrue();
  }

  @Test
  void aPositiveReportIsADelivery() {
    String delivered =
        standard(
            "Final-Recipient: rfc822; kim@customer.example\nAction: delivered\nStatus: 2.0.0\n");
    ReceiptReceived receipt = (ReceiptReceived) events(delivered).get(0);
    assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(receipt.failure()).isNull();
  }

  @Test
  void R37_withoutACopyTheReferencesOfTheBounceTell() {
    String mail =
        from(
            "mailer-daemon@customer.example",
            "Delivery Status Notification (Failure)",
            """
                In-Reply-To: <ours.2@shop.example>

                Delivery to the following recipient failed permanently:

                     kim@customer.example

                The account does not exist
                """);
    ReceiptReceived receipt = (ReceiptReceived) events(mail).get(0);
    assertThat(receipt.targets()).containsExactly("<ours.2@shop.example>");
  }

  @Test
  void R37_aCustomerWhoWritesAboutABounceIsNoBounce() {
    String mail =
        Mails.mail(
            "",
            "Your last mail came back as undeliverable: <ann@other.example>: user unknown\nPlease help.");
    assertThat(Mails.read(mail).automatic()).isFalse();
    String forwarded =
        Mails.mail(
            "Return-Path: <ann@customer.example>\nContent-Type: multipart/mixed; boundary=b\n",
            "--b\n\nLook at the attached mail please\n--b\nContent-Type: message/rfc822\n\n"
                + COPY
                + "--b--\n");
    assertThat(Mails.read(forwarded).automatic()).isFalse();
  }

  @Test
  void anAbsenceNoteIsNoBounce() {
    String note =
        from(
            "kim@customer.example",
            "Out of office",
            "Auto-Submitted: auto-replied\n\nBack on Monday.");
    assertThat(((MessageReceived) events(note).get(0)).automatic()).isTrue();
  }

  private static List<InboundEvent> events(String mail) {
    return Mails.events(mail.getBytes(StandardCharsets.UTF_8), new Mails.Store(1 << 20));
  }
}
