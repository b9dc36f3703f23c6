package io.omnihub.core.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.core.media.AddressGuard;
import io.omnihub.core.subscription.EventTypes;
import io.omnihub.core.subscription.Replays;
import io.omnihub.core.subscription.Subscription;
import io.omnihub.core.subscription.SubscriptionLog;
import io.omnihub.core.subscription.SubscriptionLog.Attempt;
import io.omnihub.core.subscription.Subscriptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signed webhooks to subscribers. A partner has those of its own account. */
public final class SubscriptionResource implements Resource {
  private static final Set<Role> OWNERS = Set.of(Role.ADMIN, Role.SUPERVISOR, Role.PARTNER);
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int LONGEST_URL = 2000;
  private static final int MOST_OF_AN_ACCOUNT = 50;
  private static final Duration OVERLAP = Duration.ofHours(24);
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private final Subscriptions subscriptions;
  private final SubscriptionLog log;
  private final Replays replays;
  private final Desk desk;
  private final AddressGuard guard;

  public SubscriptionResource(
      Subscriptions subscriptions,
      SubscriptionLog log,
      Replays replays,
      Desk desk,
      AddressGuard guard) {
    this.subscriptions = subscriptions;
    this.log = log;
    this.replays = replays;
    this.desk = desk;
    this.guard = guard;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", "/subscriptions", OWNERS, this::list),
        new Operation("POST", "/subscriptions", OWNERS, this::create),
        new Operation("DELETE", "/subscriptions/:id", OWNERS, this::delete),
        new Operation("POST", "/subscriptions/:id/rotate-secret", OWNERS, this::rotate),
        new Operation("POST", "/subscriptions/:id/replay", OWNERS, this::replay),
        new Operation("GET", "/subscriptions/:id/attempts", OWNERS, this::attempts));
  }

  private Reply list(Call call) {
    String cursor = call.query("cursor");
    int limit = call.limit();
    List<Subscription> found =
        subscriptions.all().stream()
            .filter(one -> isOwn(call.principal(), one) && one.id().compareTo(cursor) > 0)
            .limit(limit)
            .toList();
    String next = found.size() < limit ? null : found.getLast().id();
    return Reply.ok(new Page<>(found.stream().map(SubscriptionResource::view).toList(), next));
  }

  /** What somebody subscribes to; no events means all, no account all that the key may see. */
  record NewSubscription(String url, List<String> events, String account) {
    NewSubscription {
      events = events == null ? List.of() : events.stream().distinct().toList();
      account = account == null ? "" : account;
      if (url == null || url.isBlank()) {
        throw new IllegalArgumentException("url: is missing, expected an http or https address");
      }
    }
  }

  private Reply create(Call call) {
    NewSubscription wanted = call.json(NewSubscription.class);
    for (String type : wanted.events()) {
      if (!EventTypes.all().contains(type)) {
        String known = String.join(", ", EventTypes.all());
        throw Problem.badRequest("events: there is no '" + type + "', expected some of " + known);
      }
    }
    String account = account(call.principal(), wanted.account());
    URI url = address(wanted.url());
    long present =
        subscriptions.all().stream().filter(one -> one.account().equals(account)).count();
    if (present >= MOST_OF_AN_ACCOUNT) {
      throw Problem.of(
          409, "too-many", "there are " + present + " subscriptions already, delete one first");
    }
    String creator = call.principal().name();
    return desk.perform(
        call, tx -> issued(201, subscriptions.create(tx, url, wanted.events(), account, creator)));
  }

  private String account(Principal principal, String wanted) {
    boolean partner = principal.role() == Role.PARTNER;
    if (partner && !wanted.isEmpty() && !wanted.equals(principal.name())) {
      throw Problem.forbidden();
    }
    if (!partner && !wanted.isEmpty() && desk.directory().channel(wanted).isEmpty()) {
      throw Problem.badRequest("account: there is no channel account '" + wanted + "'");
    }
    return partner ? principal.name() : wanted;
  }

  /** Refuses an internal address at once, though it is the connection that is guarded. */
  private URI address(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw Problem.badRequest("url: is no address");
    }
    boolean usable =
        text.length() <= LONGEST_URL
            && url.getScheme() != null
            && SCHEMES.contains(url.getScheme())
            && url.getHost() != null
            && url.getUserInfo() == null
            && url.getFragment() == null;
    if (!usable) {
      throw Problem.badRequest(
          "url: expected an http or https address of at most "
              + LONGEST_URL
              + " characters, without user and fragment");
    }
    if (guard.refuses(url.getHost())) {
      throw Problem.badRequest(
          "url: leads to an internal address, which subscriptions.allow-private does not allow");
    }
    return url;
  }

  private Reply delete(Call call) {
    if (!subscriptions.delete(find(call).id())) {
      throw Problem.notFound("subscription");
    }
    return new Reply.Empty(204);
  }

  private Reply rotate(Call call) {
    JsonNode overlap = call.body().length == 0 ? null : call.json().get("overlap");
    Duration time = overlap == null ? OVERLAP : Call.convert(overlap, Duration.class, "overlap: ");
    if (time.isNegative() || time.compareTo(LONGEST_OVERLAP) > 0) {
      throw Problem.badRequest("overlap: expected a duration from 0s to 30d");
    }
    String id = find(call).id();
    return desk.perform(
        call,
        tx -> {
          Optional<Subscriptions.Issued> issued = subscriptions.rotate(tx, id, time);
          return issued.isPresent()
              ? issued(200, issued.get())
              : new Reply.Refused(Problem.notFound("subscription"));
        });
  }

  /** From when on everything is to be told again. */
  record From(Instant from) {
    From {
      if (from == null) {
        throw new IllegalArgumentException("from: is missing, expected a time");
      }
    }
  }

  private Reply replay(Call call) {
    Subscription subscription = find(call);
    long count = replays.since(subscription.id(), call.json(From.class).from());
    return new Reply.Json(202, Map.of("events", count));
  }

  private Reply attempts(Call call) {
    int limit = call.limit();
    List<Attempt> found = log.before(find(call).id(), call.cursor(Long.MAX_VALUE), limit);
    String next = found.size() < limit ? null : Long.toString(found.getLast().seq());
    return Reply.ok(new Page<>(found.stream().map(SubscriptionResource::view).toList(), next));
  }

  private Subscription find(Call call) {
    return subscriptions
        .find(call.path("id"))
        .filter(one -> isOwn(call.principal(), one))
        .orElseThrow(() -> Problem.notFound("subscription"));
  }

  private static boolean isOwn(Principal principal, Subscription subscription) {
    return principal.role() != Role.PARTNER || subscription.account().equals(principal.name());
  }

  private static Reply issued(int status, Subscriptions.Issued issued) {
    Map<String, Object> view = view(issued.subscription());
    view.put("secret", issued.secret().reveal());
    return new Reply.Json(status, view);
  }

  private static Map<String, Object> view(Subscription subscription) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", subscription.id());
    view.put("url", subscription.url().toString());
    view.put("events", subscription.events());
    view.put("account", subscription.account().isEmpty() ? null : subscription.account());
    view.put("createdBy", subscription.createdBy());
    view.put("createdAt", subscription.createdAt());
    return view;
  }

  private static Map<String, Object> view(Attempt attempt) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("event", Long.toString(attempt.change()));
    view.put("type", attempt.type());
    view.put("at", attempt.at());
    view.put("millis", attempt.duration().toMillis());
    view.put("status", attempt.status() == 0 ? null : attempt.status());
    view.put("outcome", attempt.outcome());
    return view;
  }
}
