package io.omnihub.backend.http;

import io.omnihub.backend.http.HttpBotErrors.AnswerTooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Reads the whole answer of a call within its time and size. The client's own timeouts bound only
 * the wait for each piece, so a bot that sends a byte now and then would hold up its conversation.
 */
record WholeAnswer(int limit, Duration timeout) implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    CompletableFuture<Boolean> alarm =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Boolean> cancelling =
        alarm.thenApply(
            late -> late && scope.originalRequest instanceof Cancellable call && call.cancel());
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      if (response.getEntity() != null) {
        response.setEntity(new ByteArrayEntity(read(response, scope), null));
      }
      return response;
    } catch (IOException e) {
      if (cancelling.isDone()) {
        throw new SocketTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
      }
      throw e;
    } finally {
      alarm.complete(false);
    }
  }

  private byte[] read(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
    InputStream body = response.getEntity().getContent();
    byte[] answer = body.readNBytes(limit + 1);
    if (answer.length > limit) {
      // Closing the stream would read it to its end; the connection goes with it.
      scope.execRuntime.discardEndpoint();
      throw new AnswerTooLarge(limit);
    }
    return answer;
  }
}
