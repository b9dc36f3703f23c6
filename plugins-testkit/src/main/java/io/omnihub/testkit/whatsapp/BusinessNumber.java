package io.omnihub.testkit.whatsapp;

/**
 * The simulated business number and its secrets, as the account of the hub is configured.
 *
 * @param businessAccountId of the WhatsApp business account
 */
public record BusinessNumber(
    String phoneNumberId, String businessAccountId, String accessToken, String appSecret) {}
