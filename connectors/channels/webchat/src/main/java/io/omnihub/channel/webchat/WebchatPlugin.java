package io.omnihub.channel.webchat;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.ChannelConnector;
import io.omnihub.api.connector.WebSurface;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Part;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.RoutesBuilder;
import org.pf4j.Extension;

/**
 * The hub's own web chat. The widget is {@code /chat.js}; what it speaks with the hub is this, and
 * any other client may speak it too.
 *
 * <p><b>Session.</b> {@code POST /chat/ACCOUNT/session} with {@code {"visitor"?: token from before,
 * "user"?: the shop's user id, "signature"?: hex(HMAC-SHA256(visitor-secret, user)), "name"?,
 * "email"?, "phone"?, "language"?, "page"?}} answers {@code {"token", "visitor", "title",
 * "greeting", "accent", "resumed"}}. The token is opaque. Without {@code user} the visitor is
 * whoever the token names, else a new one; the token of a signed user resumes only with his
 * signature. A wrong signature is 401. Errors are {@code application/problem+json}.
 *
 * <p><b>Socket.</b> {@code /chat/ACCOUNT/socket}, JSON text frames of at most 64 KiB. The first
 * frame is {@code {"t":"hello","token","after"?: position}}, within 10 seconds; the hub answers
 * {@code {"t":"ready","visitor"}} and every message after that position, or the newest 50.
 *
 * <table>
 * <caption>Frames of the browser</caption>
 * <tr><td>{@code {"t":"msg","clientId","text" or "parts","replyTo"?}}<td>a message; {@code clientId}
 *     (a UUID) makes a repetition harmless, {@code replyTo} is the id of a message of the hub
 * <tr><td>{@code {"t":"choice","clientId","id","label"?,"replyTo"?}}<td>an option was picked
 * <tr><td>{@code {"t":"typing"}}<td>the visitor is writing
 * <tr><td>{@code {"t":"read"}}<td>all messages have been seen
 * <tr><td>{@code {"t":"got","id"}}<td>a message of the hub has arrived
 * <tr><td>{@code {"t":"ping"}}<td>answered with {@code {"t":"pong"}}
 * </table>
 *
 * <table>
 * <caption>Frames of the hub</caption>
 * <tr><td>{@code {"t":"msg","id"?,"clientId"?,"position"?,"direction","author":{"kind","name"},
 *     "parts","at","status","deleted"?}}<td>a message of either direction. The same one may come again,
 *     with more fields: clients know it by {@code id} or {@code clientId}
 * <tr><td>{@code {"t":"ack","clientId"}}<td>the message is stored durably
 * <tr><td>{@code {"t":"typing","for": seconds}}<td>somebody is writing to the visitor
 * <tr><td>{@code {"t":"error","code","detail","clientId"?,"retry"?: seconds}}<td>{@code bad-frame},
 *     {@code too-large}, {@code slow-down} and {@code busy}; the latter two are worth a repetition
 * </table>
 *
 * <p>The hub closes with 4401 (no valid hello, or the token has expired), 4403 (foreign origin),
 * 4429 (too many sockets of one visitor) and 1012 (the account restarts).
 *
 * <p><b>Files.</b> {@code POST /chat/ACCOUNT/files} with {@code Authorization: Bearer TOKEN}, the
 * raw bytes as body, {@code Content-Type} and {@code X-Filename} (percent-encoded) answers {@code
 * {"url","mediaType","size","name"}}; that url goes into a media part. Addresses of files are
 * signed, and are handed only to the visitor who uploaded them or in whose transcript they are.
 */
@Extension
public final class WebchatPlugin implements ChannelConnector {

  @Override
  public String name() {
    return "webchat";
  }

  @Override
  public String description() {
    return "Chat on your own web pages, with a widget that one script tag embeds";
  }

  @Override
  public ConfigSpec config() {
    return WebchatConfig.SPEC;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder()
        .full(
            Feature.CHOICES,
            Feature.CARD,
            Feature.CAROUSEL,
            Feature.LOCATION,
            Feature.TYPING,
            Feature.RECEIPTS_DELIVERED,
            Feature.RECEIPTS_READ,
            Feature.IDEMPOTENT_SEND)
        .media(Part.MediaKind.values())
        .formats(Part.Format.MARKDOWN)
        .build();
  }

  /** A widget that was offline sends what it still holds for six days, then gives it up. */
  @Override
  public Duration maxRedeliveryAge() {
    return Duration.ofDays(7);
  }

  @Override
  public Optional<WebSurface> web() {
    return Optional.of(new WebSurface(FileLinks.PREFIX, "web/chat.js"));
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new WebchatRoutes(account, WebchatConfig.read(account));
  }
}
