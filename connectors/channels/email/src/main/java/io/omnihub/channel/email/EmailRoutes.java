package io.omnihub.channel.email;

import io.omnihub.api.config.Secret;
import io.omnihub.api.config.Trust;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.channel.email.compose.MailComposer;
import io.omnihub.channel.email.mime.MailReader;
import io.omnihub.channel.email.mime.MailReading;
import io.omnihub.channel.email.mime.ReplyTokens;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;

/** The routes of one account: the folder to the hub, and the hub to the mail server. */
final class EmailRoutes extends RouteBuilder {
  private static final String SECRET_KEY = "reply-token-secret";

  private final Account account;
  private final EmailConfig config;

  EmailRoutes(Account account, EmailConfig config) {
    this.account = account;
    this.config = config;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    ReplyTokens tokens = new ReplyTokens(replyTokenSecret());
    Function<EmailConfig.Server, Login.Source> logins = logins();
    config.reading().ifPresent(reading -> read(reading, logins.apply(reading.server()), tokens));
    config.sending().ifPresent(sending -> send(sending, logins.apply(sending.server()), tokens));
  }

  private void read(EmailConfig.Reading reading, Login.Source logins, ReplyTokens tokens) {
    MailReader reader =
        new MailReader(
            new MailReading(config.address(), hubDomain(), config.trustedAuthservId(), tokens),
            account.media(),
            account.clock());
    from(new MailboxEndpoint(
            getContext(),
            account,
            reading,
            new MailboxEndpoint.Access(logins, config.trust()),
            reader))
        .routeId("email-in-" + account.id())
        .to("hub:inbound/" + account.id());
  }

  private void send(EmailConfig.Sending sending, Login.Source logins, ReplyTokens tokens) {
    MailComposer composer =
        new MailComposer(letterhead(sending), tokens, account.media(), account.clock());
    SmtpSender sender =
        new SmtpSender(
            sending.server(),
            logins,
            Trust.of(config.trust()),
            new MailSessions.SmtpNames(config.address(), hubDomain()),
            account.clock());
    AutoReplyGuard guard = new AutoReplyGuard(sending.autoRepliesPerHour(), account.clock());
    EmailOutbound outbound = new EmailOutbound(composer, sender, guard);
    from("hub:outbound/" + account.id())
        .routeId("email-out-" + account.id())
        .process(
            exchange -> {
              OutboundMessage message = exchange.getMessage().getBody(OutboundMessage.class);
              exchange.getMessage().setBody(outbound.send(message));
            });
  }

  private MailComposer.Letterhead letterhead(EmailConfig.Sending sending) {
    return new MailComposer.Letterhead(
        account.id(),
        config.address(),
        sending.name(),
        sending.subject(),
        account.settings().text("language"),
        hubDomain(),
        sending.plusAddress() && config.reading().isPresent());
  }

  /** Reading and sending share the access token: it is one mailbox. */
  private Function<EmailConfig.Server, Login.Source> logins() {
    Optional<AccessTokens> tokens =
        config
            .oauth()
            .map(
                oauth ->
                    new AccessTokens(
                        oauth,
                        new TokenEndpoint(getContext(), oauth.tokenUrl()),
                        account.state(),
                        account.clock()));
    return server ->
        tokens
            .map(access -> access.loginsOf(server.username()))
            .orElseGet(() -> Login.password(server));
  }

  private String hubDomain() {
    return account.publicUrl().getHost();
  }

  /** Answers to old mails must still find their conversation after a restart. */
  private String replyTokenSecret() {
    Optional<String> configured = config.replyTokenSecret().map(Secret::reveal);
    return configured.orElseGet(
        () -> {
          AccountState state = account.state();
          return state
              .get(SECRET_KEY)
              .orElseGet(
                  () -> {
                    byte[] random = new byte[32];
                    new SecureRandom().nextBytes(random);
                    String made = HexFormat.of().formatHex(random);
                    state.put(SECRET_KEY, made);
                    return made;
                  });
        });
  }
}
