package io.omnihub.channel.smpp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Recorded PDUs of others, which lie beside the project; tests skip where they do not. */
final class Fixtures {
  private Fixtures() {}

  /** All PDUs by name, as they go over the wire. */
  static Map<String, byte[]> pdus() {
    Path file = find().resolve("smpp").resolve("pdus.jsonl");
    Assumptions.assumeTrue(Files.exists(file), "no recorded PDUs at " + file + ": skipped");
    Map<String, byte[]> pdus = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        JsonNode pdu = HubJson.mapper().readTree(line);
        pdus.put(pdu.path("name").asText(), HexFormat.of().parseHex(pdu.path("pdu").asText()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the recorded PDUs cannot be read", e);
    }
    return pdus;
  }

  private static Path find() {
    String named = System.getProperty("omnihub.fixtures", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    Path wanted = Path.of("shared", "fixtures");
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(wanted))) {
        return at.resolve(wanted);
      }
    }
    return wanted.toAbsolutePath();
  }
}
