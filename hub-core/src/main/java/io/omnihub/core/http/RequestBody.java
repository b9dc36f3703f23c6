package io.omnihub.core.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body up to a limit. */
final class RequestBody {
  private RequestBody() {}

  /** A peer that goes on sending this much after it was answered is cut off. */
  private static final long PATIENCE = 64L << 20;

  /**
   * Fails with {@link TooLarge} as soon as the limit is passed; what comes then is read and thrown
   * away, because a peer that is cut off while it writes never sees the answer.
   */
  static Future<byte[]> read(HttpServerRequest request, long limit) {
    Promise<byte[]> result = Promise.promise();
    Buffer collected = Buffer.buffer();
    long[] size = new long[1];
    request.handler(
        chunk -> {
          size[0] += chunk.length();
          if (size[0] <= limit) {
            collected.appendBuffer(chunk);
          } else if (!result.tryFail(new TooLarge()) && size[0] > limit + PATIENCE) {
            request.connection().close();
          }
        });
    request.exceptionHandler(result::tryFail);
    request.endHandler(end -> result.tryComplete(collected.getBytes()));
    return result.future();
  }

  /** More than the limit. */
  static final class TooLarge extends Exception {
    TooLarge() {
      super("the body is too large", null, false, false);
    }
  }
}
