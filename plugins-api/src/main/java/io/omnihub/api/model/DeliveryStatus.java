package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a message is. Receipts move it only forward, in the order of {@link #rank()}. */
public enum DeliveryStatus {
  /** Came in from the customer. */
  @JsonProperty("received")
  RECEIVED(0),
  /** Waits in the outbox. */
  @JsonProperty("queued")
  QUEUED(0),
  /** May or may not have been sent; a person, an echo or a receipt settles it. */
  @JsonProperty("uncertain")
  UNCERTAIN(1),
  /** The provider took it. */
  @JsonProperty("sent")
  SENT(2),
  /** It reached the customer's device or mailbox. */
  @JsonProperty("delivered")
  DELIVERED(3),
  /** The customer has seen it. */
  @JsonProperty("read")
  READ(4),
  /** It will not arrive. */
  @JsonProperty("failed")
  FAILED(5);

  private final int rank;

  DeliveryStatus(int rank) {
    this.rank = rank;
  }

  /** The place in the order in which receipts may move a message. */
  public int rank() {
    return rank;
  }
}
