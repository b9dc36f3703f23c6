package io.omnihub.channel.email.mime;

/**
 * What the reader has to know of the mailbox.
 *
 * @param ownAddress the address of the account
 * @param hubDomain names this hub in {@code X-Omnihub-Origin}: mail that carries it is our own
 * @param trustedAuthservId authserv-id of the receiving server (RFC 8601), whose verdicts count;
 *     empty when none does
 * @param tokens signs and verifies the tokens in reply addresses
 */
public record MailReading(
    String ownAddress, String hubDomain, String trustedAuthservId, ReplyTokens tokens) {
  public MailReading {
    ownAddress = ownAddress == null ? "" : ownAddress;
    hubDomain = hubDomain == null || hubDomain.isBlank() ? "hub.invalid" : hubDomain;
    trustedAuthservId = trustedAuthservId == null ? "" : trustedAuthservId;
  }
}
