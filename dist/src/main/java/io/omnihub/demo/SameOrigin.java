package io.omnihub.demo;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Lets in only this machine, and only what the demo's own page asks for. */
final class SameOrigin {
  /** Other names may lead here too, by a DNS that lies; the page is not theirs. */
  private static final Pattern HERE =
      Pattern.compile("(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::\\d{1,5})?");

  private SameOrigin() {}

  /** Pages may be opened from anywhere on this machine. */
  static void local(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (isLoopback(request.remoteAddress().hostAddress())
        && HERE.matcher(host(request)).matches()) {
      routing.next();
    } else {
      routing.response().setStatusCode(403).end("the demo is for this machine only\n");
    }
  }

  /** What acts, or shows conversations, is for the page alone. */
  static void page(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean own = ("http://" + host(request)).equals(origin);
    boolean allowed = site == null ? own : site.equals("same-origin") && (origin == null || own);
    if (allowed) {
      routing.next();
    } else {
      routing
          .response()
          .setStatusCode(403)
          .end("this is for the demo's page; use /api/v1 with a key\n");
    }
  }

  /** Host and port as the client wrote them, in HTTP/1 and HTTP/2 alike. */
  private static String host(HttpServerRequest request) {
    return request.authority() == null ? "" : request.authority().toString();
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
