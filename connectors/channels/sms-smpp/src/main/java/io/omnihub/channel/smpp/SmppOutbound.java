package io.omnihub.channel.smpp;

import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.channel.smpp.pdu.Address;
import io.omnihub.channel.smpp.pdu.Submission;
import io.omnihub.channel.smpp.text.Segmenter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A message as what is submitted, in order. The same message gives the same submissions. */
final class SmppOutbound {
  private final SmppConfig.Sending sending;
  private final Numbers numbers;

  SmppOutbound(SmppConfig.Sending sending, Numbers numbers) {
    this.sending = sending;
    this.numbers = numbers;
  }

  /**
   * One for each segment; none when the message has nothing in it that can be written.
   *
   * @throws IllegalArgumentException when it is too long
   */
  List<Submission> submissions(OutboundMessage message, Address destination) {
    String text =
        message.parts().stream()
            .map(SmppOutbound::text)
            .filter(words -> !words.isBlank())
            .collect(Collectors.joining("\n"));
    if (text.isEmpty()) {
      return List.of();
    }
    Address source = numbers.source(message.thread());
    boolean payload = sending.concatenation() == SmppConfig.Concatenation.PAYLOAD;
    Segmenter segmenter =
        new Segmenter(sending.alphabet(), sending.concatenation() == SmppConfig.Concatenation.WIDE);
    Segmenter.Segments segments = segmenter.cut(text, reference(message.key()));
    boolean whole = payload && segments.withHeaders();
    Segmenter.Segments sent = whole ? segmenter.whole(text) : segments;
    return sent.contents().stream()
        .map(
            content ->
                new Submission(
                    source, destination, sent.withHeaders(), sent.dataCoding(), content, whole))
        .toList();
  }

  Optional<Address> destination(OutboundMessage message) {
    return numbers.destination(message.address());
  }

  /** The same at every attempt, so that a phone recognises a part that it has already. */
  private static int reference(String key) {
    CRC32 checksum = new CRC32();
    checksum.update(key.getBytes(StandardCharsets.UTF_8));
    return (int) checksum.getValue();
  }

  private static String text(Part part) {
    return switch (part) {
      case Part.Text text -> text.text();
      case Part.Choice choice -> choice.label();
      case Part.Choices choices ->
          Stream.concat(
                  Stream.of(choices.text()), choices.options().stream().map(Part.Option::label))
              .collect(Collectors.joining("\n"));
      case Part.Media media -> media.caption();
      // The hub has made text of these, or refused them.
      case Part.Location place -> "";
      case Part.ContactCard card -> "";
      case Part.Card card -> "";
      case Part.Carousel carousel -> "";
      case Part.Template template -> "";
      case Part.Unsupported unsupported -> "";
    };
  }
}
