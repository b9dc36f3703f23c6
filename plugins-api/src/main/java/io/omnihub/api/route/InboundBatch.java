package io.omnihub.api.route;

import io.omnihub.api.model.InboundEvent;
import java.util.List;

/**
 * Events that came in together: all become durable, or none.
 *
 * @param events in the order in which they came
 * @param rawType media type of the raw payload
 * @param raw the payload as it came, kept beside what was made of it; empty when there is none
 */
public record InboundBatch(List<InboundEvent> events, String rawType, byte[] raw) {
  public InboundBatch {
    events = List.copyOf(events);
  }

  public static InboundBatch of(List<? extends InboundEvent> events) {
    return new InboundBatch(List.copyOf(events), "", new byte[0]);
  }

  public static InboundBatch json(List<? extends InboundEvent> events, byte[] raw) {
    return new InboundBatch(List.copyOf(events), "application/json", raw);
  }
}
