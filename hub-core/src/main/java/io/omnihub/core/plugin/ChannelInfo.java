package io.omnihub.core.plugin;

import io.omnihub.api.model.Capabilities;
import io.omnihub.core.config.Rate;

/**
 * What the hub must know of a channel account.
 *
 * @param channel name of the connector
 * @param region home country of phone numbers
 * @param language language of people who write here, empty when unknown
 * @param threaded one conversation a thread instead of one a contact
 * @param refers whether the channel has threads of its own, so that what is sent names what was
 *     said
 * @param retryUnknown whether a message of which it is unknown whether it was sent is sent again
 * @param rate how much may be sent
 */
public record ChannelInfo(
    String id,
    String channel,
    String region,
    String language,
    boolean threaded,
    boolean refers,
    boolean retryUnknown,
    Rate rate,
    Capabilities capabilities) {}
