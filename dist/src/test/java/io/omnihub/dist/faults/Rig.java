package io.omnihub.dist.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.dist.HubProcess;
import io.omnihub.dist.faults.Finding.Group;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.partner.PartnerSimulator;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Everything around one hub: two partners with the same user and event ids, a Telegram, a bot, a
 * database, and people who write. The seed decides what people do and what goes wrong by chance;
 * {@code -Dcrash.seed} repeats it.
 */
final class Rig implements AutoCloseable {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A little more than a partner's own patience, so that he tells what he was answered. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(150);

  final long seed = Long.getLong("crash.seed", System.nanoTime());
  final Random random = new Random(seed);
  final Scribe scribe = new Scribe();
  final BotSimulator bot;
  final PartnerSimulator partner;
  final PartnerSimulator shop;
  final TelegramSimulator telegram;
  private final Path folder;
  private final URI hubUrl;
  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
  private Pace pace = Pace.of(Duration.ZERO);

  Rig(Path folder, Storage storage) {
    this(folder, storage, "patience: 10m, timeout: 10s", "timeout: 15s");
  }

  /** With settings of the bot and of the partners. */
  Rig(Path folder, Storage storage, String botSettings, String partnerSettings) {
    this.folder = folder;
    int port = HubProcess.freePort();
    hubUrl = URI.create("http://127.0.0.1:" + port);
    bot = new BotSimulator(0, SECRET, seed);
    partner = new PartnerSimulator(0, hubUrl, "partner", SECRET, seed);
    shop = new PartnerSimulator(0, hubUrl, "shop", SECRET, seed);
    telegram = new TelegramSimulator(0, TOKEN, seed);
    bot.answerWith(turn -> BotSimulator.reply(Wording.answer(turn)));
    telegram.registerWebhook(hubUrl.resolve("/hooks/tg"), "tg-secret");
    configure(port, storage.yaml(), botSettings, partnerSettings);
  }

  private void configure(int port, String storage, String botSettings, String partnerSettings) {
    String yaml =
        """
        server: { port: %d }
        %s
        media: { path: "%s" }
        security:
          api-keys:
            - { name: test, role: admin, key: %s }
            - { name: bot, role: backend, key: key-of-the-bot }
        channels:
          partner: { plugin: webhook, secret: "%s", callback-url: "%s", %s }
          shop: { plugin: webhook, secret: "%s", callback-url: "%s", %s }
          tg: { plugin: telegram, token: "%s", secret-token: tg-secret, api-url: "%s" }
        backends:
          bot: { plugin: http, url: "%s", secret: "%s", settle: 0ms, %s }
          desk: { plugin: desk, queues: [people] }
        routing:
          - { to: [bot, desk] }
        """
            .formatted(
                port,
                storage,
                folder.resolve("media"),
                HubProcess.KEY,
                SECRET,
                partner.callbackUrl(),
                partnerSettings,
                SECRET,
                shop.callbackUrl(),
                partnerSettings,
                TOKEN,
                telegram.url(),
                bot.url(),
                SECRET,
                botSettings);
    try {
      Files.writeString(folder.resolve("omnihub.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI hubUrl() {
    return hubUrl;
  }

  HubProcess serve() {
    return HubProcess.serve(folder);
  }

  /** Kills a hub at a moment up to so long after its start, ready or not. */
  void serveAndKill(Duration within) {
    HubProcess.serveAndKill(folder, Duration.ofMillis(1 + random.nextLong(within.toMillis())));
  }

  /** From now on all providers and the bot answer half a second late. */
  void slowPeers() {
    partner.callbackMischief().rate(Fault.DELAY, 1);
    shop.callbackMischief().rate(Fault.DELAY, 1);
    telegram.apiMischief().rate(Fault.DELAY, 1);
    bot.delay(Duration.ofMillis(500));
  }

  /** Providers and bot do nothing wrong any more. */
  void peersBehave() {
    partner.callbackMischief().stop();
    shop.callbackMischief().stop();
    telegram.apiMischief().stop();
    bot.mischief().stop();
    bot.delay(Duration.ZERO);
  }

  /** Ten people begin to write, with pauses up to so long; some deliveries come twice. */
  void peopleWrite(Duration longestPause) {
    pace = Pace.of(longestPause);
    for (PartnerSimulator side : List.of(partner, shop)) {
      side.deliveryMischief().rate(Fault.DUPLICATE, 0.05);
      side.deliveryMischief().rate(Fault.CUT_AFTER, 0.05);
    }
    telegram.deliveryMischief().rate(Fault.DUPLICATE, 0.05);
    telegram.deliveryMischief().rate(Fault.CUT_AFTER, 0.05);
    for (int seat = 0; seat < 4; seat++) {
      seat(new PartnerSeat(partner, "partner", "u" + seat, scribe, pace, random.nextLong()));
    }
    for (int seat = 0; seat < 2; seat++) {
      seat(new PartnerSeat(shop, "shop", "u" + seat, scribe, pace, random.nextLong()));
    }
    Pace slower = new Pace(longestPause.multipliedBy(5), pace.perPerson(), pace.writing());
    for (int seat = 1; seat <= 4; seat++) {
      seat(new TelegramSeat(telegram, 100_000L * seat, scribe, slower, random.nextLong()));
    }
  }

  private void seat(Runnable seat) {
    people.execute(seat);
  }

  /** However much has been left by long times of a hub that was away: as long as it gets less. */
  private void awaitTelegram() {
    for (int left = telegram.pendingUpdates(); left > 0; left = telegram.pendingUpdates()) {
      int before = left;
      Await.until(
          "telegram to get rid of " + left + " updates, seed " + seed,
          PATIENCE,
          () -> telegram.pendingUpdates() <= Math.max(0, before - 100));
    }
  }

  /** People stop, the running hub finishes, and the model judges; prints one line. */
  Verdict conclude(String scenario, HubProcess hub, int rounds, Set<String> excused) {
    pace.stop();
    people.shutdown();
    awaitPeople();
    awaitTelegram();
    Ledger ledger = new Ledger(hub);
    Verdict verdict = awaitVerdict(ledger, excused);
    System.out.printf(
        Locale.ROOT,
        "faults: %s: seed %d, rounds %d, accepted %d, duplicates %d, answered %d, uncertain %d,"
            + " lost %d, doubled %d, overtaken %d, false %d%n",
        scenario,
        seed,
        rounds,
        verdict.accepted(),
        scribe.duplicates(),
        verdict.answered(),
        verdict.uncertain(),
        verdict.count(Group.LOST),
        verdict.count(Group.DOUBLED),
        verdict.count(Group.OVERTAKEN),
        verdict.count(Group.FALSE) + scribe.contradictions().size());
    return verdict;
  }

  private void awaitPeople() {
    try {
      if (!people.awaitTermination(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("people do not get rid of their messages, seed " + seed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What is left to do may take a while; what is wrong then stays wrong. */
  private Verdict awaitVerdict(Ledger ledger, Set<String> excused) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Verdict verdict = judge(ledger, excused);
    while (!(verdict.clean() && ledger.quiet()) && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      verdict = judge(ledger, excused);
      if (verdict.count(Group.LOST) < verdict.findings().size() && ledger.quiet()) {
        return judge(ledger, excused);
      }
    }
    return verdict;
  }

  private Verdict judge(Ledger ledger, Set<String> excused) {
    Collection<Person> written = scribe.people();
    List<Taken> taken = taken(written);
    return Model.judge(new History(scribe.said(), ledger.of(written), taken), excused);
  }

  private List<Taken> taken(Collection<Person> written) {
    List<Taken> taken = new ArrayList<>();
    for (Person who : written) {
      String[] identity = who.identity().split("[:/]");
      if (identity[0].equals("telegram")) {
        takenByTelegram(who, Long.parseLong(identity[1]), taken);
      } else {
        PartnerSimulator side = identity[1].equals("shop") ? shop : partner;
        for (JsonNode callback : side.received(identity[2])) {
          String text = callback.at("/message/parts/0/text").asText();
          taken.add(new Taken(who, callback.get("id").asText(), Wording.answered(text)));
        }
      }
    }
    return taken;
  }

  private void takenByTelegram(Person who, long chat, List<Taken> taken) {
    telegram.sentTo(chat).stream()
        .filter(call -> call.method().equals("sendMessage"))
        .map(call -> new Taken(who, "", Wording.answered(call.text("text"))))
        .forEach(taken::add);
  }

  @Override
  public void close() {
    pace.stop();
    people.shutdownNow();
    bot.close();
    partner.close();
    shop.close();
    telegram.close();
  }
}
