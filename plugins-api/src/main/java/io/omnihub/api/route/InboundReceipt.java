package io.omnihub.api.route;

/** How many events of a batch were new, and how many the hub had already. */
public record InboundReceipt(int accepted, int duplicates) {}
