package io.omnihub.core.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.route.OverloadedException;
import io.omnihub.core.http.api.Problem;
import io.omnihub.core.store.StoreUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves work off the event loop and answers back on it. */
final class Answering {
  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

  private final Vertx vertx;
  private final Executor executor;

  Answering(Vertx vertx, Executor executor) {
    this.vertx = vertx;
    this.executor = executor;
  }

  /** Work that answers when it is done; problems that it throws become the answer. */
  interface Work {
    Consumer<HttpServerResponse> run();
  }

  /** Reads the body, runs the work on a virtual thread, writes what it answers. */
  void answer(
      HttpServerRequest request,
      long limit,
      java.util.function.Function<byte[], Consumer<HttpServerResponse>> work) {
    Context context = vertx.getOrCreateContext();
    RequestBody.read(request, limit)
        .onSuccess(
            body ->
                executor.execute(
                    () -> {
                      Consumer<HttpServerResponse> answer = safely(() -> work.apply(body));
                      context.runOnContext(done -> write(request, answer));
                    }))
        .onFailure(
            failure -> {
              if (failure instanceof RequestBody.TooLarge) {
                Problem tooLarge =
                    Problem.of(413, "too-large", "the body has more than " + limit + " bytes");
                write(request, problem(tooLarge));
              }
            });
  }

  private static void write(HttpServerRequest request, Consumer<HttpServerResponse> answer) {
    if (!request.response().closed() && !request.response().ended()) {
      answer.accept(request.response());
    }
  }

  private static Consumer<HttpServerResponse> safely(Work work) {
    try {
      return work.run();
    } catch (Problem problem) {
      return problem(problem);
    } catch (OverloadedException e) {
      return overloaded(e);
    } catch (StoreUnavailableException e) {
      LOG.warn("a request is refused, the store is away: {}", e.getMessage());
      return overloaded(
          new OverloadedException("the store is away", java.time.Duration.ofSeconds(2), e));
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      return problem(Problem.of(500, "internal", "the hub failed, its log says more"));
    }
  }

  static Consumer<HttpServerResponse> overloaded(OverloadedException e) {
    return response -> {
      response.putHeader("Retry-After", Long.toString(Math.max(1, e.retryAfter().toSeconds())));
      problem(Problem.of(503, "unavailable", e.getMessage())).accept(response);
    };
  }

  static Consumer<HttpServerResponse> problem(Problem problem) {
    return response -> {
      if (problem.retryAfter().isPositive()) {
        response.putHeader("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
      }
      response
          .setStatusCode(problem.status())
          .putHeader("Content-Type", "application/problem+json")
          .end(json(problem.body()));
    };
  }

  static Buffer json(Object value) {
    try {
      return Buffer.buffer(HubJson.mapper().writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }
}
