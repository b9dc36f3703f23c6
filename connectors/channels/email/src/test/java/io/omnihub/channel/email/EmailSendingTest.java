package io.omnihub.channel.email;

import static io.omnihub.channel.email.Provider.ANN;
import static io.omnihub.channel.email.Provider.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Author;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.mail.MailSimulator;
import io.omnihub.testkit.mail.SimulatedMail;
import io.omnihub.testkit.simulator.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending, to a real SMTP server that misbehaves when it is asked to. */
class EmailSendingTest {
  private final Provider provider = new Provider();
  private final MailSimulator mail = provider.mail;

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @Test
  void theCustomerGetsTheMailUnderTheIdThatTheHubIsTold() {
    try (ConnectorHarness hub = provider.start()) {
      SendOutcome outcome = hub.send(Outbound.bot("Hello **Ann**").build());

      SimulatedMail got = onlyMail();
      assertThat(outcome).isEqualTo(SendOutcome.Accepted.as(got.messageId()));
      assertThat(got.header("From")).contains(SUPPORT);
      assertThat(got.header("To")).isEqualTo(ANN);
      assertThat(got.text()).contains("Hello **Ann**");
      assertThat(got.html()).contains("<p>Hello <b>Ann</b></p>");
    }
  }

  @Test
  void theMailLibraryIsFoundFromAThreadOfTheHub() {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    try (ConnectorHarness hub = provider.start()) {
      // as in a plugin: the hub's threads know nothing of what the plugin brings along
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      assertThat(hub.send(Outbound.bot("x").build())).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(thread.getContextClassLoader()).isSameAs(ClassLoader.getPlatformClassLoader());
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  @Test
  void aRepeatedSendHasTheSameMessageId() {
    try (ConnectorHarness hub = provider.start()) {
      OutboundMessage message = Outbound.bot("once").build();
      assertThat(hub.send(message)).isEqualTo(hub.send(message));
      assertThat(hub.send(Outbound.bot("another").build())).isNotEqualTo(hub.send(message));
    }
  }

  @Test
  void anAnswerStandsInTheThreadOfTheCustomer() {
    try (ConnectorHarness hub = provider.start()) {
      hub.send(
          Outbound.bot("It is on its way")
              .subject("Where is my order?")
              .references(List.of("<1@a>", "<2@a>"), "<2@a>")
              .build());
      SimulatedMail got = onlyMail();
      assertThat(got.subject()).isEqualTo("Re: Where is my order?");
      assertThat(got.header("In-Reply-To")).isEqualTo("<2@a>");
      assertThat(got.header("References")).isEqualTo("<1@a> <2@a>");
      assertThat(got.header("Reply-To")).startsWith("support+c_").endsWith("@example.com");
    }
  }

  @Test
  void theCustomersReplyNamesTheConversationEvenWithoutReferences() {
    try (ConnectorHarness hub = provider.start()) {
      hub.send(Outbound.bot("Anything else?").build());
      mail.customerReplies(onlyMail(), "Yes, please");

      InboundEvent event = hub.awaitEvents(1).getFirst();
      assertThat(event)
          .isInstanceOfSatisfying(
              InboundEvent.MessageReceived.class,
              received ->
                  assertThat(received.threading().conversationId())
                      .isEqualTo(Outbound.CONVERSATION));
    }
  }

  @Test
  void aBounceTellsWhichMailFailed() {
    try (ConnectorHarness hub = provider.start()) {
      hub.send(Outbound.bot("Are you there?").build());
      SimulatedMail got = onlyMail();
      mail.bounce(got);

      assertThat(hub.awaitEvents(1).getFirst())
          .isInstanceOfSatisfying(
              InboundEvent.ReceiptReceived.class,
              receipt -> assertThat(receipt.targets()).contains(got.messageId()));
    }
  }

  @Test
  void attachmentsComeAlongWithTheirNames() throws IOException {
    byte[] bytes = new byte[200_000];
    new Random(7).nextBytes(bytes);
    try (ConnectorHarness hub = provider.start()) {
      MediaStore.Stored stored =
          hub.media().store(new ByteArrayInputStream(bytes), "报告.pdf", "application/pdf");
      hub.send(
          Outbound.bot("See the file")
              .part(
                  new Part.Media(
                      Part.MediaKind.FILE,
                      stored.url(),
                      "application/pdf",
                      bytes.length,
                      "报告.pdf",
                      "Your report"))
              .build());
      SimulatedMail got = onlyMail();
      assertThat(got.attachments()).hasSize(1);
      SimulatedMail.Attachment attachment = got.attachments().getFirst();
      assertThat(attachment.name()).isEqualTo("报告.pdf");
      assertThat(attachment.contentType()).startsWith("application/pdf");
      assertThat(attachment.bytes()).isEqualTo(bytes);
      assertThat(got.text()).contains("See the file").contains("Your report");
    }
  }

  @Test
  void anAttachmentThatIsGoneIsRefused() {
    try (ConnectorHarness hub = provider.start()) {
      Part gone =
          new Part.Media(Part.MediaKind.FILE, "fetch:nowhere", "text/plain", 1, "a.txt", "");
      assertThat(codeOf(hub.send(Outbound.bot("x").part(gone).build())))
          .isEqualTo(Code.CONTENT_REJECTED);
      assertThat(mail.mailsFor(ANN)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"BOT,auto-replied,All", "SYSTEM,auto-replied,All", "AGENT,'',''"})
  void R34_onlyMachinesAreMarkedAsMachines(
      Author.Kind kind, String autoSubmitted, String suppress) {
    try (ConnectorHarness hub = provider.start()) {
      hub.send(Outbound.by(kind, "Hello").build());
      SimulatedMail got = onlyMail();
      assertThat(got.header("Auto-Submitted")).isEqualTo(autoSubmitted);
      assertThat(got.header("X-Auto-Response-Suppress")).isEqualTo(suppress);
      assertThat(got.header("X-Omnihub-Origin")).isEqualTo("hub.example.test/acc");
    }
  }

  @Test
  void R34_anAddressGetsOnlySoManyAutomaticMails() {
    Map<String, Object> settings = provider.settings("none", Map.of("auto-replies-per-hour", 3));
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      for (int i = 0; i < 3; i++) {
        assertThat(hub.send(Outbound.bot("no " + i).build()))
            .isInstanceOf(SendOutcome.Accepted.class);
      }
      SendOutcome fourth = hub.send(Outbound.bot("no 3").build());
      assertThat(fourth).isInstanceOf(SendOutcome.Refused.class);
      assertThat(codeOf(fourth)).isEqualTo(Code.RATE_LIMITED);
      assertThat(hub.send(Outbound.by(Author.Kind.AGENT, "a person").build()))
          .isInstanceOf(SendOutcome.Accepted.class);
      assertThat(mail.mailsFor(ANN)).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@customers.example, eve@example.net",
        "ann@customers.example\r\nBcc: eve@example.net",
        "<ann@customers.example>",
        "nobody",
        "@example.com",
        "a b@example.com",
      })
  void whatIsNotOneAddressIsRefused(String address) {
    try (ConnectorHarness hub = provider.start()) {
      assertThat(codeOf(hub.send(Outbound.bot("x").address(address).build())))
          .isEqualTo(Code.RECIPIENT_INVALID);
    }
  }

  @Test
  void headersCannotBeInjected() {
    Map<String, Object> settings = provider.settings("none", Map.of());
    settings.put("name", "Support\r\nBcc: eve@example.net");
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      hub.send(
          Outbound.bot("x")
              .subject("Hi\r\nX-Evil: 1\r\n\r\nbody")
              .references(List.of("<1@a>\r\nX-Evil: 2", "<good@a>"), "<2@a>\nX-Evil: 3")
              .build());
      SimulatedMail got = onlyMail();
      assertThat(got.header("X-Evil")).isEmpty();
      assertThat(got.header("Bcc")).isEmpty();
      assertThat(got.header("In-Reply-To")).isEqualTo("<good@a>");
      assertThat(got.subject()).startsWith("Re: Hi X-Evil: 1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 no such user,      RECIPIENT_INVALID",
    "551 not here,                RECIPIENT_INVALID",
    "553 mailbox name not allowed,RECIPIENT_INVALID",
    "550 5.7.1 we do not want it, CONTENT_REJECTED",
    "552 5.3.4 too big,           CONTENT_REJECTED",
    "554 5.7.1 spam,              CONTENT_REJECTED",
  })
  void aRecipientThatIsRefusedForGood(String reply, Code code) {
    mail.refuse(ANN, reply);
    try (ConnectorHarness hub = provider.start()) {
      SendOutcome outcome = hub.send(Outbound.bot("x").build());
      assertThat(outcome).isInstanceOf(SendOutcome.Refused.class);
      assertThat(codeOf(outcome)).isEqualTo(code);
      assertThat(((SendOutcome.Refused) outcome).failure().detail()).doesNotContain(ANN);
    }
  }

  @Test
  void R12_aConnectionLostAfterTheMailIsUnknownAndHasArrivedOnce() {
    mail.mischief().next(Fault.CUT_AFTER);
    try (ConnectorHarness hub = provider.start()) {
      assertThat(hub.send(Outbound.bot("perhaps").build())).isInstanceOf(SendOutcome.Unknown.class);
      assertThat(mail.mailsFor(ANN)).hasSize(1);
    }
  }

  @Test
  void R13_aConnectionLostBeforeTheMailIsNotSent() {
    mail.mischief().next(Fault.CUT_BEFORE);
    try (ConnectorHarness hub = provider.start()) {
      assertThat(hub.send(Outbound.bot("no").build())).isInstanceOf(SendOutcome.NotSent.class);
      assertThat(mail.mailsFor(ANN)).isEmpty();
    }
  }

  @Test
  void R13_aServerThatIsAwayIsNotSent() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    Map<String, Object> settings = provider.settings("none", Map.of());
    settings.put("smtp", Provider.server(nobody, "none"));
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      assertThat(hub.send(Outbound.bot("no").build())).isInstanceOf(SendOutcome.NotSent.class);
    }
  }

  @Test
  void R13_aServerThatIsBusyIsAskedAgainLater() {
    mail.mischief().next(Fault.THROTTLE, Fault.SERVER_ERROR, Fault.DELAY);
    try (ConnectorHarness hub = provider.start()) {
      assertThat(hub.send(Outbound.bot("1").build()))
          .isInstanceOfSatisfying(
              SendOutcome.Throttled.class,
              throttled ->
                  assertThat(throttled.until())
                      .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(61)));
      assertThat(hub.send(Outbound.bot("2").build())).isInstanceOf(SendOutcome.NotSent.class);
      assertThat(hub.send(Outbound.bot("3").build())).isInstanceOf(SendOutcome.Accepted.class);
    }
  }

  @Test
  void aWrongPasswordIsTheOperatorsBusiness() {
    Map<String, Object> server = Provider.server(mail.smtpPort(), "none");
    server.put("password", "wrong");
    Map<String, Object> settings = provider.settings("none", Map.of("smtp", server));
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      SendOutcome outcome = hub.send(Outbound.bot("x").build());
      assertThat(outcome).isInstanceOf(SendOutcome.Refused.class);
      assertThat(codeOf(outcome)).isEqualTo(Code.AUTH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "starttls", "none"})
  void eachKindOfTlsWorks(String tls) {
    try (ConnectorHarness hub =
        ConnectorHarness.start(new EmailPlugin(), provider.settings(tls, Map.of()))) {
      assertThat(hub.send(Outbound.bot("over " + tls).build()))
          .isInstanceOf(SendOutcome.Accepted.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "starttls"})
  void aCertificateThatNobodyTrustsGetsNoMail(String tls) {
    Map<String, Object> settings = provider.settings(tls, Map.of());
    settings.remove("trust");
    settings.remove("imap");
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      SendOutcome outcome = hub.send(Outbound.bot("x").build());
      assertThat(outcome).isInstanceOf(SendOutcome.NotSent.class);
      assertThat(codeOf(outcome)).isEqualTo(Code.CONFIG);
      assertThat(mail.mailsFor(ANN)).isEmpty();
    }
  }

  @Test
  void anAccountThatOnlySendsAsksForNoTokenAddress() {
    Map<String, Object> settings = provider.settings("none", Map.of());
    settings.remove("imap");
    try (ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      hub.send(Outbound.bot("x").build());
      assertThat(onlyMail().header("Reply-To")).isEmpty();
    }
  }

  private SimulatedMail onlyMail() {
    List<SimulatedMail> mails = mail.mailsFor(ANN);
    assertThat(mails).hasSize(1);
    return mails.getFirst();
  }

  private static Code codeOf(SendOutcome outcome) {
    Failure failure =
        switch (outcome) {
          case SendOutcome.Refused refused -> refused.failure();
          case SendOutcome.NotSent notSent -> notSent.failure();
          case SendOutcome.Unknown unknown -> unknown.failure();
          case SendOutcome.Accepted accepted -> throw new AssertionError(accepted);
          case SendOutcome.Throttled throttled -> throw new AssertionError(throttled);
        };
    return failure.code();
  }
}
