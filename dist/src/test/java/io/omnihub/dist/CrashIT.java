package io.omnihub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.partner.PartnerSimulator;
import io.omnihub.testkit.telegram.TelegramSimulator;
import io.omnihub.testkit.telegram.TelegramUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub is killed again and again at random moments while people write. Afterwards every message
 * that the hub has acknowledged stands in its conversation once, in order, and was answered once.
 * The seed is printed; {@code -Dcrash.seed} and {@code -Dcrash.rounds} repeat and lengthen a run.
 */
final class CrashIT {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
  private static final int PARTNER_USERS = 6;
  private static final int TELEGRAM_USERS = 4;

  @TempDir Path folder;

  private final long seed = Long.getLong("crash.seed", System.nanoTime());
  private final int rounds = Integer.getInteger("crash.rounds", 20);
  private final Random random = new Random(seed);
  private final Map<String, List<String>> accepted = new ConcurrentHashMap<>();
  private final Map<Long, List<String>> written = new ConcurrentHashMap<>();
  private volatile boolean writing = true;

  @Test
  void R01_whatIsAcknowledgedSurvivesSigkill() throws Exception {
    System.out.println("crash seed " + seed + ", " + rounds + " rounds");
    int port = HubProcess.freePort();
    URI hubUrl = URI.create("http://127.0.0.1:" + port);
    try (BotSimulator bot = new BotSimulator(0, SECRET, seed);
        PartnerSimulator partner = new PartnerSimulator(0, hubUrl, "partner", SECRET, seed);
        TelegramSimulator telegram = new TelegramSimulator(0, TOKEN, seed)) {
      bot.answerWith(turn -> BotSimulator.reply(BotSimulator.words(turn)));
      configure(port, bot, partner, telegram);
      telegram.registerWebhook(hubUrl.resolve("/hooks/tg"), "tg-secret");
      ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
      for (int user = 0; user < PARTNER_USERS; user++) {
        String name = "u" + user;
        people.execute(() -> writeToPartner(partner, name));
      }
      for (int user = 1; user <= TELEGRAM_USERS; user++) {
        TelegramUser person = TelegramUser.of(1000 + user, "T" + user);
        people.execute(() -> writeOnTelegram(telegram, person));
      }
      crashAgainAndAgain(bot);
      writing = false;
      people.shutdown();
      try (HubProcess hub = HubProcess.serve(folder)) {
        assertThat(people.awaitTermination(60, TimeUnit.SECONDS))
            .as("all people have done writing")
            .isTrue();
        judge(hub, partner, telegram);
      }
    }
  }

  /** Half of the time the bot takes 300 ms, so that turns are under way when the hub dies. */
  private void crashAgainAndAgain(BotSimulator bot) {
    for (int round = 0; round < rounds; round++) {
      bot.delay(Duration.ofMillis(round % 2 == 0 ? 0 : 300));
      HubProcess hub = HubProcess.serve(folder);
      LockSupport.parkNanos(Duration.ofMillis(100 + random.nextInt(900)).toNanos());
      hub.kill();
    }
    bot.delay(Duration.ZERO);
  }

  private void configure(
      int port, BotSimulator bot, PartnerSimulator partner, TelegramSimulator telegram)
      throws IOException {
    Files.writeString(
        folder.resolve("omnihub.yaml"),
        """
        server: { port: %d }
        security:
          api-keys:
            - { name: test, role: admin, key: %s }
        channels:
          partner: { plugin: webhook, secret: "%s", callback-url: "%s" }
          tg: { plugin: telegram, token: "%s", secret-token: tg-secret, api-url: "%s" }
        backends:
          bot: { plugin: http, url: "%s", secret: "%s", settle: 0ms, patience: 10m }
        routing:
          - { to: [bot] }
        """
            .formatted(
                port,
                HubProcess.KEY,
                SECRET,
                partner.callbackUrl(),
                TOKEN,
                telegram.url(),
                bot.url(),
                SECRET));
  }

  private void writeToPartner(PartnerSimulator partner, String user) {
    List<String> mine = accepted.computeIfAbsent(user, u -> new CopyOnWriteArrayList<>());
    for (int number = 0; writing; number++) {
      String words = user + " says " + number;
      if (partner.message(user, words).status() == 202) {
        mine.add(words);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private void writeOnTelegram(TelegramSimulator telegram, TelegramUser user) {
    List<String> mine = written.computeIfAbsent(user.id(), u -> new CopyOnWriteArrayList<>());
    for (int number = 0; writing; number++) {
      String words = user.firstName() + " says " + number;
      mine.add(words);
      telegram.customerWrites(user, words);
      LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
    }
  }

  private void judge(HubProcess hub, PartnerSimulator partner, TelegramSimulator telegram) {
    HttpClient client = HttpClient.newHttpClient();
    Duration patience = Duration.ofSeconds(90);
    Await.until(
        "telegram to have delivered everything", patience, () -> telegram.pendingUpdates() == 0);
    accepted.forEach(
        (user, words) ->
            Await.until(
                "all answers to " + user,
                patience,
                () -> lines(partner.texts(user)).size() >= words.size()));
    Await.until(
        "all sends to have ended",
        patience,
        () -> hub.get(client, "/messages?status=queued").get("items").isEmpty());
    int total = 0;
    for (Map.Entry<String, List<String>> user : accepted.entrySet()) {
      assertThat(said(hub, client, "webhook:partner/" + user.getKey())).isEqualTo(user.getValue());
      assertThat(lines(partner.texts(user.getKey())))
          .as("each answered once, in order")
          .isEqualTo(user.getValue());
      total += user.getValue().size();
    }
    int uncertain = 0;
    for (Map.Entry<Long, List<String>> user : written.entrySet()) {
      assertThat(said(hub, client, "telegram:" + user.getKey()))
          .containsExactlyInAnyOrderElementsOf(user.getValue());
      uncertain += judgeAnswers(hub, client, telegram, user.getKey(), user.getValue());
      total += user.getValue().size();
    }
    assertThat(hub.get(client, "/dead-letters").get("items")).isEmpty();
    System.out.println(
        "crash: "
            + total
            + " messages, "
            + partner.repeats()
            + " repeats that the partner recognised, "
            + uncertain
            + " uncertain answers");
    assertThat(total).as("enough load to mean something").isGreaterThan(rounds * 10);
  }

  /**
   * Telegram knows no repeats: an answer that was under way at a crash is sent once, or it is
   * listed as uncertain.
   */
  private static int judgeAnswers(
      HubProcess hub,
      HttpClient client,
      TelegramSimulator telegram,
      long user,
      List<String> words) {
    List<String> got =
        lines(
            telegram.sentTo(user).stream()
                .filter(call -> call.method().equals("sendMessage"))
                .map(call -> call.text("text"))
                .toList());
    assertThat(got).as("nothing twice").doesNotHaveDuplicates();
    Set<String> uncertain = new HashSet<>();
    for (JsonNode message : messages(hub, client, "telegram:" + user)) {
      if (message.get("status").asText().equals("uncertain")) {
        uncertain.addAll(lines(List.of(message.get("parts").get(0).get("text").asText())));
      }
    }
    Set<String> answered = new HashSet<>(got);
    answered.addAll(uncertain);
    assertThat(answered).as("each answered, or known to be uncertain").containsAll(words);
    return uncertain.size();
  }

  private static List<String> said(HubProcess hub, HttpClient client, String identity) {
    List<String> said = new ArrayList<>();
    for (JsonNode message : messages(hub, client, identity)) {
      if (message.get("direction").asText().equals("inbound")) {
        said.add(message.get("parts").get(0).get("text").asText());
      }
    }
    return said;
  }

  private static List<JsonNode> messages(HubProcess hub, HttpClient client, String identity) {
    JsonNode contacts = hub.get(client, "/contacts?identity=" + identity).get("items");
    assertThat(contacts).as("one contact for " + identity).hasSize(1);
    JsonNode conversations =
        hub.get(client, "/conversations?contact=" + contacts.get(0).get("id").asText())
            .get("items");
    assertThat(conversations).as("one conversation for " + identity).hasSize(1);
    String path =
        "/conversations/" + conversations.get(0).get("id").asText() + "/messages?limit=200";
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = hub.get(client, path);
    page.get("items").forEach(all::add);
    while (!page.get("next").isNull()) {
      page = hub.get(client, path + "&cursor=" + page.get("next").asText());
      page.get("items").forEach(all::add);
    }
    return all;
  }

  private static List<String> lines(List<String> texts) {
    return texts.stream().flatMap(String::lines).toList();
  }
}
