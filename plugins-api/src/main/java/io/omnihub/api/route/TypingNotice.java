package io.omnihub.api.route;

import io.omnihub.api.model.Identity;
import java.time.Duration;

/** Somebody on the hub's side is writing to a customer; what {@code hub:typing} routes take. */
public record TypingNotice(Identity identity, String address, String thread, Duration duration) {}
