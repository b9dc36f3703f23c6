package io.omnihub.api.route;

import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The component behind {@code hub:} endpoints.
 *
 * <table>
 * <caption>Endpoints</caption>
 * <tr><th>endpoint<th>body in<th>body out
 * <tr><td>{@code from("hub:webhook/ACCOUNT")}<td>raw bytes of a request to {@code /hooks/ACCOUNT}<td>the answer's text or
 *     bytes, or null
 * <tr><td>{@code from("hub:web/ACCOUNT")}<td>raw bytes of a browser's request<td>the answer
 * <tr><td>{@code from("hub:socket/ACCOUNT")}<td>{@link SocketEvent}<td>nothing
 * <tr><td>{@code from("hub:outbound/ACCOUNT")}<td>{@link io.omnihub.api.model.OutboundMessage}<td>{@link
 *     io.omnihub.api.model.SendOutcome}
 * <tr><td>{@code from("hub:typing/ACCOUNT")}<td>{@link TypingNotice}<td>nothing
 * <tr><td>{@code from("hub:media/ACCOUNT")}<td>the reference behind {@code fetch:}<td>{@link
 *     io.omnihub.api.connector.MediaStore.Content}
 * <tr><td>{@code from("hub:turns/BACKEND")}<td>{@link io.omnihub.api.model.Turn}<td>{@link
 *     io.omnihub.api.model.TurnResult}
 * <tr><td>{@code to("hub:inbound/ACCOUNT")}<td>{@link InboundBatch}, an event or a list of events<td>{@link InboundReceipt},
 *     once they are durable
 * </table>
 *
 * Routes run on a virtual thread of the hub and may block.
 */
public final class HubComponent extends DefaultComponent {
  private final HubGateway gateway;

  public HubComponent(HubGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    int slash = remaining.indexOf('/');
    if (slash < 1 || slash == remaining.length() - 1) {
      throw new IllegalArgumentException(
          "a hub endpoint is written hub:KIND/ACCOUNT, got hub:" + remaining);
    }
    String kind = remaining.substring(0, slash);
    String account = remaining.substring(slash + 1);
    if (kind.equals("inbound")) {
      return new InboundEndpoint(uri, this, gateway, account);
    }
    return new ServedEndpoint(uri, this, gateway, kindOf(kind), account);
  }

  private static HubGateway.Kind kindOf(String word) {
    for (HubGateway.Kind kind : HubGateway.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "unknown hub endpoint kind '"
            + word
            + "', expected webhook, web, socket, outbound, typing, media, turns or inbound");
  }
}
