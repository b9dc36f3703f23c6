package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.testkit.harness.HttpReply;
import io.omnihub.testkit.harness.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisitorFilesTest {
  private static final byte[] BYTES = "bytes".getBytes(StandardCharsets.UTF_8);

  private final Shop shop = Shop.open();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void anUploadIsSentAsAPart() {
    String token = shop.token();
    JsonNode file = Shop.json(shop.upload(token, BYTES, "image/png", "%E7%8C%AB.png").text());
    assertThat(file.path("name").asText()).isEqualTo("猫.png");
    assertThat(file.path("mediaType").asText()).isEqualTo("image/png");
    assertThat(file.path("size").asLong()).isEqualTo(5);

    shop.tab(token)
        .say(
            Map.of(
                "t", "msg",
                "clientId", "c-1",
                "parts",
                    List.of(
                        Map.of(
                            "type", "media",
                            "url", file.path("url").asText(),
                            "kind", "sticker",
                            "mediaType", "text/html",
                            "name", "lie.exe",
                            "size", 1,
                            "caption", "my cat"))));

    assertThat(shop.messages().getFirst().parts())
        .containsExactly(
            new Part.Media(
                Part.MediaKind.IMAGE, "/api/v1/attachments/0", "image/png", 5, "猫.png", "my cat"));
  }

  @Test
  void theBrowserGetsSignedAddressesOfItsTranscript() throws IOException {
    MediaStore.Stored stored =
        shop.hub.media().store(new ByteArrayInputStream(BYTES), "a.pdf", "application/pdf");
    Part.Media media =
        new Part.Media(Part.MediaKind.FILE, stored.url(), "application/pdf", 5, "a.pdf", "");
    Part.Card card = new Part.Card("T", "", stored.url(), List.of());
    Part.Card far = new Part.Card("T", "", "https://cdn.example.com/x.png", List.of());
    shop.hub.remember(
        Samples.message(
            Message.Direction.OUTBOUND,
            List.of(media, card, new Part.Carousel(List.of(card, far)))));

    JsonNode parts = shop.tab(shop.token()).last().path("parts");

    assertThat(parts.toString()).doesNotContain("/api/v1/attachments");
    assertThat(shop.load(parts.at("/0/url").asText()).body()).isEqualTo(BYTES);
    assertThat(shop.load(parts.at("/1/imageUrl").asText()).status()).isEqualTo(200);
    assertThat(shop.load(parts.at("/2/cards/0/imageUrl").asText()).status()).isEqualTo(200);
    assertThat(parts.at("/2/cards/1/imageUrl").asText()).isEqualTo("https://cdn.example.com/x.png");
  }

  @ParameterizedTest
  @CsvSource({
    "image/png,                 inline",
    "image/webp,                inline",
    "image/svg+xml,             attachment",
    "text/html,                 attachment",
    "application/pdf,           attachment",
    "'text/html\r\nX-Evil: 1',  attachment",
  })
  void filesAreServedSoThatTheyCannotHarm(String mediaType, String disposition) {
    HttpReply reply = stored(mediaType, "a%22%0D%0A.html");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers())
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Content-Security-Policy", "sandbox; default-src 'none'");
    assertThat(reply.headers().values().stream().map(String::valueOf))
        .noneMatch(value -> value.contains("\n"));
    assertThat(String.valueOf(reply.headers().getOrDefault("Content-Disposition", "inline")))
        .startsWith(disposition);
  }

  @Test
  void theRequestsHeadersDoNotComeBack() {
    HttpReply reply =
        shop.post("session", "{}", Map.of("Cookie", "canary=1", "Authorization", "Bearer canary"));

    assertThat(reply.headers().toString()).doesNotContain("canary");
  }

  @Test
  void tooLargeIs413() {
    String token = shop.token();
    byte[] most = new byte[VisitorFiles.MAX_BYTES];
    assertThat(shop.upload(token, most, "video/mp4", "a.mp4").status()).isEqualTo(200);
    byte[] more = new byte[VisitorFiles.MAX_BYTES + 1];
    assertThat(shop.upload(token, more, "video/mp4", "a.mp4").status()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, files, 401",
    "GET, files, 405",
    "GET, session, 405",
    "PUT, session, 405",
    "DELETE, files/0, 405",
    "GET, files/0, 403",
    "GET, files/, 403",
    "GET, files/../../etc/passwd, 403",
    "GET, nothing, 404",
    "GET, '', 404",
  })
  void whatDoesNotFitIsRefused(String method, String path, int status) {
    shop.upload(shop.token(), BYTES, "text/plain", "a.txt");

    HttpReply reply = shop.hub.http(Kind.WEB, method, path, "", new byte[0], Map.of());

    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThat(shop.upload(shop.token(), new byte[0], "text/plain", "a.txt").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb.txt, a_b.txt",
    "..%5C..%5Cx, .._.._x",
    "100%25+1.txt, 100%+1.txt",
    "%zz.txt, %zz.txt",
    "'', ''",
  })
  void namesAreCleaned(String encoded, String clean) {
    JsonNode file = Shop.json(shop.upload(shop.token(), BYTES, "text/plain", encoded).text());

    assertThat(file.path("name").asText()).isEqualTo(clean);
  }

  private HttpReply stored(String mediaType, String name) {
    JsonNode file = Shop.json(shop.upload(shop.token(), BYTES, mediaType, name).text());
    return shop.load(file.path("url").asText());
  }
}
