package io.omnihub.core.http.api;

/** Who calls. */
public record Principal(String name, Role role) {}
