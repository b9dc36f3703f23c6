package io.omnihub.core.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body up to a limit. */
final class RequestBody {
  private RequestBody() {}

  /** Fails with {@link TooLarge} as soon as the limit is passed. */
  static Future<byte[]> read(HttpServerRequest request, long limit) {
    Promise<byte[]> result = Promise.promise();
    Buffer collected = Buffer.buffer();
    request.handler(
        chunk -> {
          if (collected.length() + chunk.length() > limit) {
            result.tryFail(new TooLarge());
          } else {
            collected.appendBuffer(chunk);
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
