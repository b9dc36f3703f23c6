/**
 * The partner webhook: signed events in at {@code /hooks/ACCOUNT}, signed messages out to the
 * partner's callback address, both after Standard Webhooks. It reads and writes JSON and keeps
 * nothing: deduplication, retries and the fetching of media are the hub's. It never follows a
 * redirect and never hands in a part of a request.
 */
package io.omnihub.channel.webhook;
