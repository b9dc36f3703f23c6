package io.omnihub.core.http;

import io.omnihub.core.http.api.Keys;
import io.omnihub.core.http.api.Principal;
import io.omnihub.core.http.api.Problem;
import io.omnihub.core.http.api.Role;
import io.omnihub.core.store.Store;
import io.omnihub.core.timeline.Changes;
import io.omnihub.core.timeline.Changes.Change;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;

/**
 * {@code GET /api/v1/events}: every change as server-sent events. A reader that comes back with
 * {@code Last-Event-ID} gets what it missed; one that reads slowly gets everything too, later.
 * Without that header it begins with what comes next.
 */
final class EventStream {
  private static final Set<Role> READERS =
      Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT, Role.PARTNER);
  private static final int CHUNK = 200;

  /** For operators, as the list of dead letters is. */
  private static final String DEAD_LETTER = "dead-letter.added";

  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Vertx vertx;
  private final Executor executor;
  private final Store store;
  private final Changes changes;
  private final Keys keys;
  private final BiPredicate<Principal, String> mayWatch;

  /**
   * A stream.
   *
   * @param mayWatch whether an agent may see a conversation
   */
  EventStream(
      Vertx vertx,
      Executor executor,
      Store store,
      Changes changes,
      Keys keys,
      BiPredicate<Principal, String> mayWatch) {
    this.mayWatch = mayWatch;
    this.vertx = vertx;
    this.executor = executor;
    this.store = store;
    this.changes = changes;
    this.keys = keys;
  }

  void mount(Router router) {
    router.get("/api/v1/events").handler(this::open);
  }

  private void open(RoutingContext routing) {
    Context context = vertx.getOrCreateContext();
    String authorization = routing.request().getHeader("Authorization");
    String last = routing.request().getHeader("Last-Event-ID");
    executor.execute(
        () -> {
          try {
            Principal principal = ApiDoor.authenticate(keys, authorization);
            ApiDoor.authorize(principal, READERS);
            long after = last == null ? changes.newest(store) : parse(last);
            context.runOnContext(
                ready -> new Reader(routing.response(), context, principal, after).start());
          } catch (Problem problem) {
            context.runOnContext(ready -> Answering.problem(problem).accept(routing.response()));
          }
        });
  }

  private static long parse(String id) {
    try {
      return Long.parseLong(id.strip());
    } catch (NumberFormatException e) {
      throw Problem.badRequest("Last-Event-ID: expected the id of an earlier event");
    }
  }

  /** One open stream. Its cursor moves only in {@link #pump()}, of which one runs at a time. */
  private final class Reader implements Changes.Watcher {
    private final HttpServerResponse response;
    private final Context context;
    private final Principal principal;
    private final AtomicBoolean pumping = new AtomicBoolean();
    private final AtomicBoolean more = new AtomicBoolean();
    private volatile boolean closed;
    private long cursor;

    Reader(HttpServerResponse response, Context context, Principal principal, long after) {
      this.response = response;
      this.context = context;
      this.principal = principal;
      cursor = after;
    }

    void start() {
      response
          .setChunked(true)
          .putHeader("Content-Type", "text/event-stream")
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Accel-Buffering", "no");
      response.write("retry: 2000\n\n");
      Changes.Registration registration = changes.watch(this);
      long timer = vertx.setPeriodic(HEARTBEAT_MILLIS, tick -> response.write(": still here\n\n"));
      response.drainHandler(drained -> wake());
      response.exceptionHandler(failure -> closed = true);
      response.closeHandler(
          end -> {
            closed = true;
            registration.close();
            vertx.cancelTimer(timer);
          });
      wake();
    }

    @Override
    public void more() {
      wake();
    }

    @Override
    public void shown(Change change) {
      if (visible(change)) {
        write(change);
      }
    }

    private void wake() {
      more.set(true);
      if (!closed && pumping.compareAndSet(false, true)) {
        executor.execute(this::pump);
      }
    }

    private void pump() {
      try {
        while (more.getAndSet(false) && !closed) {
          List<Change> chunk = changes.after(store, cursor, CHUNK);
          chunk.stream().filter(this::visible).forEach(this::write);
          if (!chunk.isEmpty()) {
            cursor = chunk.getLast().seq();
          }
          boolean full = response.writeQueueFull();
          if (chunk.size() == CHUNK && !full) {
            more.set(true);
          }
          if (full) {
            return;
          }
        }
      } finally {
        pumping.set(false);
      }
      if (more.get()) {
        wake();
      }
    }

    private boolean visible(Change change) {
      return switch (principal.role()) {
        case ADMIN, SUPERVISOR, BACKEND -> true;
        case PARTNER -> change.account().equals(principal.name()) && !change.isNote();
        case AGENT ->
            change.conversationId().isEmpty()
                ? !change.type().equals(DEAD_LETTER)
                : mayWatch.test(principal, change.conversationId());
      };
    }

    private void write(Change change) {
      String id = change.seq() > 0 ? "id: " + change.seq() + "\n" : "";
      String event = id + "event: " + change.type() + "\ndata: " + change.envelope() + "\n\n";
      context.runOnContext(
          ready -> {
            if (!closed) {
              response.write(event);
            }
          });
    }
  }
}
