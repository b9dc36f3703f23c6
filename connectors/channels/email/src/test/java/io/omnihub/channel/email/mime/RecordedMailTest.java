package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mail and bounces that others recorded. */
class RecordedMailTest {
  /** Neither From nor any other header with an address: there is nobody whom it could be from. */
  private static final Set<String> WITHOUT_SENDER = Set.of();

  @Test
  void R35_everyRecordedMailBecomesAnEvent() throws IOException {
    List<String> unreadable = new ArrayList<>();
    for (Path file : Fixtures.mails(Fixtures.folder("email"))) {
      List<InboundEvent> events = Mails.events(Files.readAllBytes(file), new Mails.Store(1 << 24));
      assertThat(events).as(file.toString()).isNotEmpty();
      for (InboundEvent event : events) {
        assertThat(event.key()).as(file.toString()).isNotBlank().hasSizeLessThanOrEqualTo(255);
        if (event instanceof InboundEvent.Unreadable refused) {
          assertThat(refused.reason()).doesNotContain("broke");
          unreadable.add(file.getFileName().toString());
        }
        if (event instanceof InboundEvent.MessageReceived message) {
          assertThat(message.parts()).as(file.toString()).isNotEmpty();
        }
      }
    }
    assertThat(unreadable).isSubsetOf(WITHOUT_SENDER);
  }

  @Test
  void R36_recordedCharsetsAreReadRight() throws IOException {
    Path folder = Fixtures.folder("email").resolve("multi_charset");
    assertThat(textOf(folder.resolve("ks_c_5601-1987.eml"))).contains("스티해");
    assertThat(textOf(folder.resolve("japanese_iso_2022.eml"))).contains("すみません");
    assertThat(textOf(folder.resolve("japanese.eml"))).contains("かきくえこ");
  }

  private static String textOf(Path file) throws IOException {
    return Mails.text(Mails.read(Files.readAllBytes(file)));
  }

  @Test
  void R37_recordedBouncesAreUnderstood() throws IOException {
    Path folder = Fixtures.folder("bounces");
    Score score = new Score();
    for (String line : Files.readAllLines(folder.resolve("labels.jsonl"))) {
      JsonNode label = new ObjectMapper().readTree(line);
      Path file = folder.resolve(label.get("file").asText());
      score.add(Files.readAllBytes(file), label.get("expect"));
    }
    assertThat(score.share(score.recognised, score.bounces)).as("recognised").isGreaterThan(0.98);
    assertThat(score.share(score.recipients, score.labels)).as("recipients").isGreaterThan(0.96);
    assertThat(score.share(score.statusClasses, score.labels)).as("class").isGreaterThan(0.94);
    assertThat(score.share(score.hardness, score.labels)).as("hard").isGreaterThan(0.86);
    assertThat(score.others).as("complaints and vacation notes are no bounces").isZero();
  }

  @Test
  void everyRecordedBounceBecomesAnEventThatReachesNoBot() throws IOException {
    for (Path file : Fixtures.mails(Fixtures.folder("bounces"))) {
      List<InboundEvent> events = Mails.events(Files.readAllBytes(file), new Mails.Store(1 << 24));
      assertThat(events).as(file.toString()).isNotEmpty();
      assertThat(events).as(file.toString()).noneMatch(InboundEvent.Unreadable.class::isInstance);
    }
  }

  @Test
  void complaintsAreAutomatic() throws IOException {
    for (String name : List.of("arf-18.eml", "arf-19.eml")) {
      byte[] raw = Files.readAllBytes(Fixtures.folder("bounces").resolve(name));
      assertThat(Mails.read(raw).automatic()).as(name).isTrue();
    }
  }

  @Test
  void theAttachmentsOfARecordedMailKeepTheirNames() throws IOException {
    Path folder = Fixtures.folder("email").resolve("attachment_emails");
    assertThat(names(folder.resolve("attachment_with_encoded_name.eml")))
        .contains("01 Quien Te DijŠat. Pitbull.mp3");
  }

  private static List<String> names(Path file) throws IOException {
    return Mails.media(Mails.read(Files.readAllBytes(file))).stream()
        .map(Part.Media::name)
        .toList();
  }

  /** How many labels were met. */
  private static final class Score {
    private int bounces;
    private int labels;
    private int recognised;
    private int recipients;
    private int statusClasses;
    private int hardness;
    private int others;

    void add(byte[] raw, JsonNode expected) {
      Entity mail = new MimeParser().parse(raw);
      Optional<BounceParser.Bounce> bounce =
          BounceParser.parse(mail, Envelope.sender(mail.headers()));
      String reason = expected.get(0).get("reason").asText();
      if (reason.equals("feedback") || reason.equals("vacation")) {
        others += bounce.isPresent() ? 1 : 0;
        return;
      }
      bounces++;
      labels += expected.size();
      recognised += bounce.isPresent() ? 1 : 0;
      List<BounceReport> reports = bounce.map(BounceParser.Bounce::reports).orElse(List.of());
      recipients += Math.min(reports.size(), expected.size());
      List<BounceReport> left = new ArrayList<>(reports);
      expected.forEach(label -> compare(label, left));
    }

    /** The labels name no recipients: each report counts for the label that it fits best. */
    private void compare(JsonNode label, List<BounceReport> left) {
      String statusClass = label.get("status").asText().substring(0, 1);
      boolean hard = label.get("hard").asBoolean();
      Optional<BounceReport> fitting =
          left.stream()
              .filter(report -> report.status().startsWith(statusClass) && report.hard() == hard)
              .findFirst()
              .or(() -> left.stream().findFirst());
      if (fitting.isPresent()) {
        left.remove(fitting.get());
        statusClasses += fitting.get().status().startsWith(statusClass) ? 1 : 0;
        hardness += fitting.get().hard() == hard ? 1 : 0;
      }
    }

    double share(int met, int all) {
      return (double) met / all;
    }
  }
}
