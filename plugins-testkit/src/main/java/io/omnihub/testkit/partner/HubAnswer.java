package io.omnihub.testkit.partner;

/**
 * What the hub answered in the end.
 *
 * @param attempts how often the request was sent until then, at least 1
 */
public record HubAnswer(int status, String body, int attempts) {}
