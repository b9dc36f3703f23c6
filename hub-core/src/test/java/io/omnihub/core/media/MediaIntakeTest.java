package io.omnihub.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Part.MediaKind;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("store")
class MediaIntakeTest {
  private static final byte[] GIF = "GIF89a-tiny".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path dir;

  private final Mischief mischief = new Mischief(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final SimulatorServer server = new SimulatorServer(0, mischief, this::answer);
  private Store store;
  private BlobStore blobs;
  private MediaIntake open;

  @BeforeEach
  void open() {
    store = TestStores.open(dir);
    Clock clock = Clock.systemUTC();
    blobs = new BlobStore("w", dir.resolve("media"), 1000, store, new Ids(clock), clock);
    open = new MediaIntake(blobs, true, MediaIntakeTest::fromConnector);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
    server.close();
    store.close();
  }

  private SimulatedReply answer(SimulatedRequest request) {
    requests.add(request.path());
    return switch (request.path()) {
      case "/a.gif" -> new SimulatedReply(200, Map.of("Content-Type", "image/gif"), GIF);
      case "/large" -> new SimulatedReply(200, Map.of(), new byte[1001]);
      case "/moved" -> redirect("/a.gif");
      case "/circle" -> redirect("/circle");
      case "/to-file" -> redirect("file:///etc/passwd");
      case "/to-ftp" -> redirect("ftp://127.0.0.1/a.gif");
      default -> SimulatedReply.empty(404);
    };
  }

  private static SimulatedReply redirect(String to) {
    return new SimulatedReply(302, Map.of("Location", to), new byte[0]);
  }

  private static MediaStore.Content fromConnector(String account, String reference)
      throws IOException {
    if (reference.equals("gone")) {
      throw new IOException("HTTP 410");
    }
    return new MediaStore.Content(
        new ByteArrayInputStream(GIF), account + "-" + reference + ".gif", "image/gif", 0);
  }

  private static Part.Media at(String url) {
    return new Part.Media(MediaKind.IMAGE, url, "", 0, "picture", "look");
  }

  private Part take(MediaIntake intake, String url) {
    return intake.take("account", List.of(at(url))).getFirst();
  }

  private static String reason(Part part) {
    return ((Part.Unsupported) part).raw().path("reason").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a.gif", "/moved"})
  void R43_mediaAreFetchedIntoTheHub(String path) throws IOException {
    Part.Media taken = (Part.Media) take(open, server.url() + path);
    assertThat(taken.url()).startsWith(BlobStore.URL_PREFIX);
    assertThat(taken.mediaType()).isEqualTo("image/gif");
    assertThat(taken.size()).isEqualTo(GIF.length);
    assertThat(taken.name()).isEqualTo("picture");
    assertThat(taken.caption()).isEqualTo("look");
    try (MediaStore.Content content = blobs.open(taken.url())) {
      assertThat(content.stream().readAllBytes()).isEqualTo(GIF);
    }
  }

  @Test
  void R30_addressesInsideAreNotCalled() throws IOException {
    try (MediaIntake guarded = new MediaIntake(blobs, false, MediaIntakeTest::fromConnector)) {
      String port = ":" + server.port();
      for (String host :
          List.of("127.0.0.1", "localhost", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]")) {
        assertThat(reason(take(guarded, "http://" + host + port + "/a.gif")))
            .as(host)
            .isEqualTo("media-unavailable");
      }
    }
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/missing", "/circle", "/to-file", "/to-ftp"})
  void whatTheServerDoesNotGiveIsToldToBeMissing(String path) {
    assertThat(reason(take(open, server.url() + path))).isEqualTo("media-unavailable");
    assertThat(requests).hasSizeLessThanOrEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://x.test/a",
        "data:text/plain,a",
        "not an address",
        "http:",
        "//x.test",
        "fetch:gone"
      })
  void whatIsNoAddressIsToldToBeMissing(String url) {
    assertThat(reason(take(open, url))).isEqualTo("media-unavailable");
  }

  @Test
  void whatIsMissingStillTellsWhatItWas() {
    Part.Unsupported missing = (Part.Unsupported) take(open, server.url() + "/missing");
    assertThat(missing.providerType()).isEqualTo("media");
    assertThat(missing.raw().toString())
        .contains("\"kind\":\"image\"", "\"name\":\"picture\"", "\"caption\":\"look\"")
        .doesNotContain("127.0.0.1");
  }

  @Test
  void whatIsTooLargeIsAskedForOnce() {
    assertThat(reason(take(open, server.url() + "/large"))).isEqualTo("media-too-large");
    assertThat(requests).containsExactly("/large");
  }

  @Test
  void aConnectionThatBreaksIsTriedOnceMore() {
    mischief.next(Fault.CUT_BEFORE);
    assertThat(take(open, server.url() + "/a.gif")).isInstanceOf(Part.Media.class);
    mischief.next(Fault.SERVER_ERROR, Fault.SERVER_ERROR);
    assertThat(reason(take(open, server.url() + "/a.gif"))).isEqualTo("media-unavailable");
  }

  @Test
  void aConnectorsReferenceIsOpenedByIt() {
    Part.Media named = (Part.Media) take(open, "fetch:7");
    assertThat(named.url()).startsWith(BlobStore.URL_PREFIX);
    assertThat(named.mediaType()).isEqualTo("image/gif");
    Part.Media nameless = new Part.Media(MediaKind.IMAGE, "fetch:8", "", 0, "", "");
    Part.Media taken = (Part.Media) open.take("account", List.of(nameless)).getFirst();
    String id = taken.url().substring(BlobStore.URL_PREFIX.length());
    assertThat(blobs.find(id)).map(BlobStore.Attachment::name).contains("account-8.gif");
  }

  @Test
  void partsKeepTheirOrderAndTheOthersAreLeftAlone() {
    Part text = Part.Text.plain("words");
    Part kept = at(BlobStore.URL_PREFIX + "here");
    Part place = new Part.Location(1, 2, "", "");
    List<Part> taken =
        open.take(
            "account",
            List.of(
                at("fetch:1"),
                text,
                at(server.url() + "/missing"),
                kept,
                at(server.url() + "/a.gif"),
                place));
    assertThat(taken).hasSize(6);
    assertThat(taken.get(0)).isInstanceOf(Part.Media.class);
    assertThat(taken.get(1)).isSameAs(text);
    assertThat(taken.get(2)).isInstanceOf(Part.Unsupported.class);
    assertThat(taken.get(3)).isSameAs(kept);
    assertThat(taken.get(4)).isInstanceOf(Part.Media.class);
    assertThat(taken.get(5)).isSameAs(place);
    List<Part> nothing = List.of(text, kept, place);
    assertThat(open.take("account", nothing)).isSameAs(nothing);
  }
}
