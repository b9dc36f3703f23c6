package io.omnihub.testkit.smsc;

/**
 * What the hub submitted.
 *
 * @param id what the message centre answered
 * @param source with its type of number in front: {@code 1:4930123}
 * @param destination written likewise
 * @param content short_message or message_payload, with a user data header if there is one
 */
public record SubmittedSms(
    String id, String source, String destination, int esmClass, int dataCoding, byte[] content) {}
