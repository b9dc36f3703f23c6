package io.omnihub.channel.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Keeps no more of an answer's body than comes in time and fits: the status alone decides, and an
 * endless body must cost neither memory nor a thread.
 */
record AnswerBeginning(int limit, Duration timeout) implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    long end = System.nanoTime() + timeout.toNanos();
    ClassicHttpResponse response = chain.proceed(request, scope);
    if (response.getEntity() != null) {
      response.setEntity(new ByteArrayEntity(read(response, scope, end), null));
    }
    return response;
  }

  private byte[] read(ClassicHttpResponse response, ExecChain.Scope scope, long end) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    try {
      InputStream body = response.getEntity().getContent();
      while (kept.size() < limit && System.nanoTime() < end) {
        int count = body.read(buffer);
        if (count < 0) {
          return kept.toByteArray();
        }
        kept.write(buffer, 0, count);
      }
    } catch (IOException cut) {
      // What came until then is all there is.
    }
    // Closing the stream would read it to its end; the connection goes with it.
    scope.execRuntime.discardEndpoint();
    return kept.toByteArray();
  }
}
