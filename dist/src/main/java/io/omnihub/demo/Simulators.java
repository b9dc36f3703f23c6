package io.omnihub.demo;

import io.omnihub.testkit.mail.MailSimulator;
import io.omnihub.testkit.partner.PartnerSimulator;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.net.URI;
import java.util.Map;

/** The simulated providers around the hub, and the customers who use them. */
final class Simulators implements AutoCloseable {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private final TelegramSimulator telegram;
  private final MailSimulator mail;
  private final PartnerSimulator partner;
  private final TelegramSide telegramSide;
  private final MailSide mailSide;
  private final PartnerSide partnerSide;
  private final MischiefBoard mischief;
  private final String telegramSecret;

  /** Starts them on free ports of loopback. */
  Simulators(DemoFolder folder, DemoSecrets secrets, long seed) {
    telegramSecret = secrets.telegramSecret();
    telegram = new TelegramSimulator(0, secrets.telegramToken(), seed);
    new EarlierRuns(telegram).skip(folder.earlierStarts(), secrets.telegramToken());
    mail = new MailSimulator(MailSimulator.Ports.FREE, new Mischief(seed));
    mail.createMailbox(MailSide.SHOP, secrets.mailPassword());
    // Event ids are made of the seed, and the hub remembers those of earlier runs.
    long partnerSeed = seed * 100_000 + folder.earlierStarts();
    partner =
        new PartnerSimulator(0, NOWHERE, DemoConfig.PARTNER, secrets.partnerSecret(), partnerSeed);
    telegramSide = new TelegramSide(telegram);
    mailSide = new MailSide(mail);
    partnerSide = new PartnerSide(partner);
    mischief =
        new MischiefBoard(
            Map.of(
                "telegram",
                new MischiefBoard.Ways(telegram.apiMischief(), telegram.deliveryMischief()),
                "mail",
                new MischiefBoard.Ways(mail.mischief(), mail.mischief()),
                "partner",
                new MischiefBoard.Ways(partner.callbackMischief(), partner.deliveryMischief())));
  }

  /** The hub is here; whoever runs a hub without a public https address tells Telegram by hand. */
  void hubAt(URI url) {
    partner.hubAt(url);
    telegram.registerWebhook(url.resolve("/hooks/" + DemoConfig.TELEGRAM), telegramSecret);
  }

  /** What the configuration has to know. */
  DemoConfig.Providers providers() {
    return new DemoConfig.Providers(
        telegram.url(), mail.smtpPort(), mail.imapPort(), partner.callbackUrl());
  }

  TelegramSide telegram() {
    return telegramSide;
  }

  MailSide mail() {
    return mailSide;
  }

  PartnerSide partner() {
    return partnerSide;
  }

  MischiefBoard mischief() {
    return mischief;
  }

  @Override
  public void close() {
    partnerSide.close();
    partner.close();
    mail.close();
    telegram.close();
  }
}
