package io.omnihub.dist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.mail.MailSimulator;
import io.omnihub.testkit.partner.PartnerSimulator;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatorServer;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A hub whose secrets, people and words are all canaries: words that occur nowhere else and must
 * not be seen outside. Around it stand peers that refuse it, and quote canaries while they do.
 */
final class CanaryRoom implements AutoCloseable {
  /** In each canary that is not listed. */
  static final String CANARY = "Kanarie";

  private static final String TELEGRAM = "110201543:KanarieTelegramToken_000000000000000";

  final HttpClient client = HttpClient.newHttpClient();
  final BotSimulator bot;
  final PartnerSimulator partner;
  final TelegramSimulator telegram;
  final MailSimulator mail = new MailSimulator();

  /** Takes callbacks and notifications, and says no in its own words. */
  final SimulatorServer rude =
      new SimulatorServer(
          0, new Mischief(1), request -> SimulatedReply.json(400, "{\"error\":\"KanarieRude\"}"));

  private final Path folder;
  private final List<String> secrets = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private HubProcess hub;

  CanaryRoom(Path folder) {
    this.folder = folder;
    URI later = URI.create("http://127.0.0.1:9");
    bot = new BotSimulator(0, signing("KanarieOfTheBot"), 1);
    partner = new PartnerSimulator(0, later, "partner", signing("KanarieOfPartner"), 1);
    telegram = new TelegramSimulator(0, TELEGRAM, 1);
    mail.createMailbox("locked@example.com", "quite another");
    mail.createMailbox("post@example.com", "KanariePostPassword");
    mail.refuse("KanarieWriter@example.org", "550 KanarieNobody");
    secrets.add(HubProcess.KEY);
    secrets.add(signing("KanarieOfTheBot").substring(6));
    secrets.add(signing("KanarieOfPartner").substring(6));
  }

  /** A signing secret, in which the canary can be read only after decoding it. */
  private static String signing(String canary) {
    byte[] bytes = (canary + "-0123456789abcdef").getBytes(StandardCharsets.UTF_8);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }

  void start(String log) {
    String yaml =
        """
        server: { port: 0 }
        media: { path: "%s/media" }
        subscriptions: { allow-private: true }
        security:
          api-keys:
            - { name: test, role: admin, key: %s }
            - { name: mary, role: agent, key: KanarieKeyOfMary }
        channels:
          partner: { plugin: webhook, secret: "%s", callback-url: "%s" }
          rude: { plugin: webhook, secret: "%s", callback-url: "%s/?key=KanarieInAddress" }
          away: { plugin: webhook, secret: "%s", callback-url: "http://127.0.0.1:9/?key=KanarieInAddress" }
          tg: { plugin: telegram, token: "%s", secret-token: KanarieSecretToken, api-url: "%s" }
          chat: { plugin: webchat, visitor-secret: KanarieVisitorSecret }
          locked:
            plugin: email
            address: locked@example.com
            imap: { host: 127.0.0.1, port: %d, tls: none, password: KanarieMailPassword }
          post:
            plugin: email
            address: post@example.com
            imap: { host: 127.0.0.1, port: %d, tls: none, password: KanariePostPassword }
            smtp: { host: 127.0.0.1, port: %d, tls: none, username: post@example.com, password: KanariePostPassword }
        backends:
          bot: { plugin: http, url: "%s?key=KanarieInAddress", secret: "%s", headers: { X-Key: KanarieHeader }, settle: 0ms, patience: 1s, timeout: 1s }
          desk: { plugin: desk, queues: [people] }
        routing:
          - { to: [bot, desk] }
        """
            .formatted(
                folder,
                HubProcess.KEY,
                signing("KanarieOfPartner"),
                partner.callbackUrl(),
                signing("KanarieOfPartner"),
                rude.url(),
                signing("KanarieOfPartner"),
                TELEGRAM,
                telegram.url(),
                mail.imapPort(),
                mail.imapPort(),
                mail.smtpPort(),
                bot.url(),
                signing("KanarieOfTheBot"));
    try {
      Files.writeString(folder.resolve("omnihub.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hub = HubProcess.serve(folder, Map.of("OMNIHUB_LOG", log), "--debug");
    partner.hubAt(hub.url());
    telegram.registerWebhook(hub.url().resolve("/hooks/tg"), "KanarieSecretToken");
  }

  HubProcess hub() {
    return hub;
  }

  /** Something that the hub has made up and must keep to itself. */
  void secret(String more) {
    secrets.add(more);
  }

  /** A call whose answer is for somebody who must not learn anything by it. */
  void intrude(String method, String path, String body, String... headers) {
    answers.add(call(method, path, body, headers).body());
  }

  HttpResponse<String> call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.url().resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A call of the API by its admin; what it is told about an error must quote nothing either. */
  String api(String method, String path, String body) {
    HttpResponse<String> answer =
        call(method, "/api/v1" + path, body, "Authorization", "Bearer " + HubProcess.KEY);
    if (answer.statusCode() >= 400) {
      answers.add(answer.body());
    }
    return answer.body();
  }

  /** An event of the partner that is not as it should be. */
  void malformed(ObjectNode event) {
    answers.add(partner.send(List.of(event)).body());
  }

  /** Ends the hub; answers the lines of all that it has written in which a canary is. */
  List<String> sung() {
    String pages = call("GET", "/metrics", "").body() + call("GET", "/health/ready", "").body();
    hub.terminate();
    try {
      String all =
          String.join("\n", answers)
              + "\n"
              + pages
              + "\n"
              + hub.readyLine()
              + "\n"
              + hub.printed()
              + "\n"
              + Files.readString(folder.resolve("hub.log"));
      return all.lines()
          .filter(line -> line.contains(CANARY) || secrets.stream().anyMatch(line::contains))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    try {
      return Files.readString(folder.resolve("hub.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
    }
    bot.close();
    partner.close();
    telegram.close();
    mail.close();
    rude.close();
    client.close();
  }
}
