package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.Transcript;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Threading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds messages whose send was never answered. WhatsApp recognises no repeated send, but gives
 * back with every status what was sent along as {@code biz_opaque_callback_data}: our own key. So a
 * status tells that the message is out, and under which id.
 */
final class UnsettledSends {
  private static final int LOOK_BACK = 20;

  private final Transcript transcript;

  UnsettledSends(Transcript transcript) {
    this.transcript = transcript;
  }

  /** The message of a status as if the channel had shown it, if the hub has no id of it yet. */
  Optional<InboundEvent> echo(JsonNode status, List<Identity> recipients, Instant at) {
    String key = status.path("biz_opaque_callback_data").asText("");
    String id = status.path("id").asText("");
    if (key.isBlank()) {
      return Optional.empty();
    }
    return recipients.stream()
        .distinct()
        .flatMap(recipient -> unsettled(recipient, key).stream())
        .findFirst()
        .map(message -> echo(message, id, recipients.getFirst(), at));
  }

  private Optional<Message> unsettled(Identity recipient, String key) {
    return transcript.newest(recipient, LOOK_BACK).reversed().stream()
        .map(Transcript.Entry::message)
        .filter(message -> message.direction() == Message.Direction.OUTBOUND)
        .filter(message -> message.providerId() == null && message.parts().size() == 1)
        .filter(
            message ->
                message.status() == DeliveryStatus.UNCERTAIN
                    || message.status() == DeliveryStatus.QUEUED)
        .filter(message -> key.startsWith(message.id()))
        .findFirst();
  }

  private static InboundEvent echo(Message message, String id, Identity recipient, Instant at) {
    return new InboundEvent.MessageEchoed(
        EventKeys.of("echo", id), id, recipient, "", Threading.NONE, at, message.parts());
  }
}
