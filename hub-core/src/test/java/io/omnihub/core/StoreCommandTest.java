package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code store}, on the database of a running hub. */
final class StoreCommandTest {
  @TempDir Path folder;
  private Path site;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    site = Files.createDirectory(folder.resolve("site"));
    config = folder.resolve("omnihub.yaml");
    Files.writeString(
        config,
        "store: { url: \"jdbc:sqlite:%s/hub.db\" }\nmedia: { path: \"%s/media\" }\n"
            .formatted(site, site));
  }

  private int store(Object... arguments) {
    List<String> line = new ArrayList<>(List.of("store"));
    Stream.of(arguments).map(Object::toString).forEach(line::add);
    return Omnihub.run(line.toArray(String[]::new));
  }

  @Test
  void aBackupUnderLoadHoldsAllThatWasAcknowledgedBeforeItBegan() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    Set<String> before;
    Path restored = Files.createDirectory(folder.resolve("restored"));
    try (TestHub hub = TestHub.start(site)) {
      AtomicBoolean enough = new AtomicBoolean();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String who = "writer" + i;
        writers.add(Thread.ofVirtual().start(() -> keepWriting(hub, who, acknowledged, enough)));
      }
      Await.until("some traffic", () -> acknowledged.size() > 200);
      before = Set.copyOf(acknowledged);
      assertThat(store("backup", restored.resolve("hub.db"), "--config", config)).isZero();
      enough.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
    }
    assertThat(integrity(restored.resolve("hub.db"))).isEqualTo("ok");
    try (TestHub hub = TestHub.start(restored)) {
      Await.until("all facts to be applied", () -> wordsIn(hub).containsAll(before));
    }
  }

  private static void keepWriting(
      TestHub hub, String who, Set<String> acknowledged, AtomicBoolean enough) {
    for (int i = 0; !enough.get() && i < 5_000; i++) {
      String words = who + " says " + i;
      hub.writes(who, "m" + i, words);
      acknowledged.add(words);
    }
  }

  private static Set<String> wordsIn(TestHub hub) {
    Set<String> words = ConcurrentHashMap.newKeySet();
    JsonNode page = hub.get("/messages?limit=200").json();
    while (page != null) {
      page.get("items").forEach(message -> words.add(message.at("/parts/0/text").asText()));
      JsonNode next = page.get("next");
      page = next.isNull() ? null : hub.get("/messages?limit=200&cursor=" + next.asText()).json();
    }
    return words;
  }

  private static String integrity(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      return rows.next() ? rows.getString(1) : "nothing";
    }
  }

  @Test
  void theAttachmentsGoBesideTheFileAndNothingIsOverwritten() throws IOException {
    TestHub.start(site).close();
    Path blob = site.resolve("media/ab/abc");
    Files.createDirectories(blob.getParent());
    Files.writeString(blob, "an attachment");
    Files.writeString(site.resolve("media/incoming1.part"), "half an attach");
    Path file = folder.resolve("backup.db");
    assertThat(store("backup", file, "--media", "--config", config)).isZero();
    assertThat(folder.resolve("backup.db.media/ab/abc")).hasContent("an attachment");
    assertThat(folder.resolve("backup.db.media/incoming1.part")).doesNotExist();
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

    assertThat(store("backup", file, "--config", config)).as("the file is there").isEqualTo(2);
    Files.delete(file);
    assertThat(store("backup", file, "--media", "--config", config))
        .as("the folder is there")
        .isEqualTo(2);
    assertThat(file).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.toString().endsWith(".part"));
    }
  }

  @Test
  void whatCannotBeBackedUpIsSaid() throws IOException {
    assertThat(store("backup", folder.resolve("b.db"), "--config", config))
        .as("there is no database yet")
        .isEqualTo(2);
    assertThat(site).isEmptyDirectory();
    Files.writeString(config, "store: { url: \"jdbc:postgresql://host/db?password=x\" }\n");
    assertThat(store("backup", folder.resolve("b.db"), "--config", config))
        .as("PostgreSQL has pg_dump")
        .isEqualTo(2);
    assertThat(store()).isEqualTo(2);
  }

  @Test
  void aHubGoesOnInTheCopyOfItsDatabase() throws IOException {
    Path moved = Files.createDirectory(folder.resolve("moved"));
    String from = "jdbc:sqlite:" + site.resolve("hub.db");
    String to = "jdbc:sqlite:" + moved.resolve("hub.db");
    assertThat(store("copy", "--from", from, "--to", to)).as("no such database").isEqualTo(2);
    String conversation;
    try (TestHub hub = TestHub.start(site)) {
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      conversation = hub.conversationOf("ann").get("id").asText();
      assertThat(store("copy", "--from", from, "--to", to)).as("a hub has it open").isEqualTo(1);
    }
    assertThat(store("copy", "--from", from, "--to", to)).isZero();
    assertThat(store("copy", "--from", from, "--to", from)).isEqualTo(2);
    try (TestHub hub = TestHub.start(moved)) {
      hub.writes("ann", "1", "hello");
      hub.writes("ann", "2", "still me");
      hub.gets("ann", 1);
      assertThat(hub.said(conversation)).filteredOn(said -> said.startsWith("contact")).hasSize(2);
    }
  }
}
