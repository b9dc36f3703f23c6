package io.omnihub.channel.smpp;

import io.omnihub.api.connector.Account;
import org.apache.camel.builder.RouteBuilder;

/** The routes of one account: the message centre to the hub, and the hub to the message centre. */
final class SmppRoutes extends RouteBuilder {
  private final Account account;
  private final SmppConfig config;
  private final SmppPlugin.Pace pace;

  SmppRoutes(Account account, SmppConfig config, SmppPlugin.Pace pace) {
    this.account = account;
    this.config = config;
    this.pace = pace;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    Numbers numbers = new Numbers(config.source(), account.id());
    Binding receiving = binding(config.login().pair() ? Binding.Role.RECEIVER : Binding.Role.BOTH);
    Binding sending = config.login().pair() ? binding(Binding.Role.TRANSMITTER) : receiving;
    SmppSender sender =
        new SmppSender(
            sending,
            new SmppOutbound(config.sending(), numbers),
            new PartialSends(account.state()),
            account.clock());
    Intake.Reading reading =
        new Intake.Reading(
            new SmppInbound(config.receiving(), numbers, account.clock()),
            new LongMessages(
                account.state(), account.clock(), config.receiving().reassemblyTimeout()),
            new Repetitions(account.state()));
    from(new SmscEndpoint(getContext(), account, receiving, sending, reading, pace.tick()))
        .to("hub:inbound/" + account.id());
    from("hub:outbound/" + account.id()).process(sender);
  }

  private Binding binding(Binding.Role role) {
    return new Binding(account.id(), config, role, pace);
  }
}
