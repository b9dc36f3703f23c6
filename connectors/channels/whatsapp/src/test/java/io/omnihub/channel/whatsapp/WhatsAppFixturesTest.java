package io.omnihub.channel.whatsapp;

import static io.omnihub.channel.whatsapp.WhatsAppSamples.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.testkit.harness.ConnectorHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Recorded webhooks of others, which lie beside the project; skipped where they do not. */
class WhatsAppFixturesTest {

  @Test
  void everyRecordedWebhookIsNormalised() throws IOException {
    Path folder = find().resolve("whatsapp");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no webhooks at " + folder + ": skipped");
    List<String> dropped = new ArrayList<>();
    int posted = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode payload : payloads(new ObjectMapper().readTree(file.toFile()))) {
          posted++;
          if (!isNormalised(payload)) {
            dropped.add(file.getFileName() + " " + payload);
          }
        }
      }
    }
    assertThat(dropped).isEmpty();
    assertThat(posted).isGreaterThanOrEqualTo(70);
  }

  /** A payload stands by itself, in a list, under a name, or a level deeper. */
  private static List<JsonNode> payloads(JsonNode node) {
    List<JsonNode> found = new ArrayList<>();
    if (node.path("entry").isArray()) {
      found.add(node);
    }
    node.forEach(
        child -> {
          if (child.isObject()) {
            found.addAll(payloads(child));
          }
        });
    return found;
  }

  private static boolean isNormalised(JsonNode payload) {
    String number = payload.at("/entry/0/changes/0/value/metadata/phone_number_id").asText("777");
    if (!number.matches("\\d+")) {
      number = "777";
    }
    String body =
        payload.toString().replace("\"<BUSINESS_PHONE_NUMBER_ID>\"", "\"" + number + "\"");
    try (ConnectorHarness hub = WhatsAppSamples.hub("phone-number-id", number)) {
      return post(hub, body).status() == 200
          && !hub.events().isEmpty()
          && hub.events().stream().noneMatch(InboundEvent.Unreadable.class::isInstance);
    }
  }

  private static Path find() {
    String named = System.getProperty("omnihub.fixtures", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
        .map(path -> path.resolve("shared/fixtures"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of("shared/fixtures"));
  }
}
