package io.omnihub.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("store")
class BlobStoreTest {
  private static final byte[] PNG =
      HexFormat.of()
          .parseHex(
              "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
                  + "0000000049454e44ae426082");
  private static final byte[] HTML =
      text("<!DOCTYPE html><html><body><script>alert(1)</script></body></html>");

  @TempDir Path dir;

  private Store store;
  private BlobStore blobs;

  @BeforeEach
  void open() {
    store = TestStores.open(dir);
    ManualClock clock = new ManualClock(Instant.parse("2026-05-01T12:00:00Z"));
    blobs = new BlobStore("w", dir.resolve("media"), 1000, store, new Ids(clock), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Content, the name and type that it comes with, and what it is. */
  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of(PNG, "a.png", "image/png", "image/png"),
        Arguments.of(PNG, "a.pdf", "application/pdf", "image/png"),
        Arguments.of(PNG, "", "", "image/png"),
        Arguments.of(PNG, null, null, "image/png"),
        Arguments.of(HTML, "a.png", "image/png", "text/html"),
        Arguments.of(HTML, "", "text/plain", "text/html"),
        Arguments.of(text("%PDF-1.7\n1 0 obj"), "a.jpg", "image/jpeg", "application/pdf"),
        Arguments.of(text("hello"), "a.txt", "text/plain; charset=utf-8", "text/plain"),
        Arguments.of(text("a,b\n1,2"), "", "text/csv; charset=utf-8", "text/csv"),
        Arguments.of(text("hello"), "", "text/html", "text/plain"),
        Arguments.of(text("hello"), "", "application/xhtml+xml", "text/plain"),
        Arguments.of(text("alert(1)"), "", "application/javascript", "text/plain"),
        Arguments.of(new byte[] {1, 2, 3, (byte) 0xFE}, "", "audio/amr", "audio/amr"),
        Arguments.of(new byte[] {1, 2, 3, (byte) 0xFE}, "", "", "application/octet-stream"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void R44_theTypeIsTheContentsNotTheNames(
      byte[] content, String name, String declared, String expected) throws IOException {
    MediaStore.Stored stored = blobs.store(new ByteArrayInputStream(content), name, declared);
    assertThat(stored.mediaType()).isEqualTo(expected);
    assertThat(stored.size()).isEqualTo(content.length);
    try (MediaStore.Content opened = blobs.open(stored.url())) {
      assertThat(opened.stream().readAllBytes()).isEqualTo(content);
      assertThat(opened.mediaType()).isEqualTo(expected);
      assertThat(opened.size()).isEqualTo(content.length);
    }
  }

  @Test
  void whatIsTooLargeLeavesNothing() throws IOException {
    keep(new byte[1000], "fits");
    assertThatThrownBy(() -> keep(new byte[1001], "large")).isInstanceOf(MediaStore.TooLarge.class);
    assertThatThrownBy(() -> keep(new byte[1_000_000], "larger"))
        .isInstanceOf(MediaStore.TooLarge.class);
    assertThat(files()).hasSize(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aStreamThatBreaksLeavesNothing() {
    InputStream broken = new SequenceInputStream(new ByteArrayInputStream(PNG), new BrokenStream());
    assertThatThrownBy(() -> blobs.store(broken, "", "")).hasMessage("of the test");
    assertThat(files()).isEmpty();
    assertThat(rows()).isZero();
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("of the test");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw new IOException("of the test");
    }
  }

  @Test
  void theSameContentIsKeptOnceUnderEachOfItsNames() throws IOException {
    MediaStore.Stored first = keep(PNG, "first.png");
    MediaStore.Stored second = keep(PNG, "second.png");
    assertThat(files()).hasSize(1);
    assertThat(rows()).isEqualTo(2);
    assertThat(second.url()).isNotEqualTo(first.url());
    assertThat(name(first)).isEqualTo("first.png");
    assertThat(name(second)).isEqualTo("second.png");
  }

  @Test
  void theFileIsNamedByItsContent() throws IOException {
    MediaStore.Stored stored = keep(text("abc"), "a.txt");
    BlobStore.Attachment attachment = blobs.find(id(stored)).orElseThrow();
    assertThat(attachment.digest())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(blobs.file(attachment)).hasContent("abc").startsWith(dir.resolve("media"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "a\\b",
        "a\r\nSet-Cookie: b",
        "\"quoted\"",
        "a<b>:c|d?*",
        "\u0000null\u007f"
      })
  void namesAreMadeSafe(String name) throws IOException {
    assertThat(name(keep(PNG, name))).doesNotContainPattern("[\\p{Cntrl}/\\\\:*?\"<>|]");
  }

  @Test
  void namesOfPeopleStayAsTheyAre() throws IOException {
    for (String name : List.of("photo 1.png", "Übersicht (2).pdf", "合同.docx", "a.b-c_d.txt", "")) {
      assertThat(name(keep(PNG, name))).isEqualTo(name);
    }
    String end = "x".repeat(300) + ".png";
    assertThat(name(keep(PNG, end))).hasSize(200).endsWith(".png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/attachments/unknown",
        "/api/v1/attachments/",
        "/api/v1/attachments/../../hub.db",
        "hub.db",
        "",
        "https://x.test/a.png",
        "file:///etc/passwd"
      })
  void whatIsNotThereCannotBeOpened(String url) {
    assertThatThrownBy(() -> blobs.open(url)).isInstanceOf(FileNotFoundException.class);
  }

  private MediaStore.Stored keep(byte[] content, String name) throws IOException {
    return blobs.store(new ByteArrayInputStream(content), name, "");
  }

  private static String id(MediaStore.Stored stored) {
    return stored.url().substring(BlobStore.URL_PREFIX.length());
  }

  private String name(MediaStore.Stored stored) {
    return blobs.find(id(stored)).orElseThrow().name();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(dir.resolve("media"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long rows() {
    return store.read(tx -> tx.number("SELECT count(*) FROM attachment").orElseThrow());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
