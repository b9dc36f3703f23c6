package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.http.HttpOutcomes;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Sends messages. What the hub knows that WhatsApp would refuse is refused before WhatsApp is
 * asked. A message may need several requests: each accepted one is written to the account's state
 * under the message's key before the next one goes out, and the next attempt goes on with the one
 * that failed.
 */
final class WhatsAppDelivery implements Processor {
  private final Account account;
  private final WhatsAppConfig config;
  private final GraphApi api;
  private final ServiceWindow window;
  private final TemplateStates templates;
  private final AccountPause pause;

  WhatsAppDelivery(Account account, WhatsAppConfig config, GraphApi api, TemplateStates templates) {
    this.account = account;
    this.config = config;
    this.api = api;
    this.templates = templates;
    window = new ServiceWindow(account.transcript(), account.clock());
    pause = new AccountPause(account.clock());
  }

  @Override
  public void process(Exchange exchange) {
    OutboundMessage message = exchange.getMessage().getBody(OutboundMessage.class);
    exchange.getMessage().setBody(send(message));
  }

  private SendOutcome send(OutboundMessage message) {
    Optional<Recipient> recipient = Recipient.parse(message.address());
    if (recipient.isEmpty()) {
      return refused(Code.RECIPIENT_INVALID, "the address is no number or user of WhatsApp");
    }
    return switch (WhatsAppOutbound.plan(message, recipient.get(), config.language())) {
      case WhatsAppOutbound.Plan.Impossible impossible ->
          new SendOutcome.Refused(impossible.failure());
      case WhatsAppOutbound.Plan.Requests planned ->
          objection(message, recipient.get())
              .or(pause::now)
              .orElseGet(() -> send(message.key(), planned.requests()));
    };
  }

  private Optional<SendOutcome> objection(OutboundMessage message, Recipient recipient) {
    Optional<Failure> failure = Optional.empty();
    for (Part part : message.parts()) {
      failure =
          failure.or(
              () ->
                  part instanceof Part.Template template
                      ? templates.unusable(template)
                      : closed(message.identity(), recipient));
    }
    return failure.map(SendOutcome.Refused::new);
  }

  /** A customer may have written under the number, and be written to under the user's id. */
  private Optional<Failure> closed(Identity identity, Recipient recipient) {
    return recipient.kind() == Recipient.Kind.GROUP
        ? Optional.empty()
        : window.closed(List.of(identity, WhatsAppPeople.ofNumber(recipient.value())));
  }

  private SendOutcome send(String key, List<WhatsAppRequest> requests) {
    String progress = "sent/" + key;
    String before = account.state().get(progress).orElse("");
    List<String> sent = new ArrayList<>(before.isEmpty() ? List.of() : List.of(before.split(" ")));
    boolean resumed = !sent.isEmpty();
    while (sent.size() < requests.size()) {
      SendOutcome outcome = send(requests.get(sent.size()));
      if (!(outcome instanceof SendOutcome.Accepted accepted)) {
        return outcome;
      }
      sent.addAll(accepted.providerIds());
      if (sent.size() < requests.size()) {
        account.state().put(progress, String.join(" ", sent));
        resumed = true;
      }
    }
    if (resumed) {
      account.state().put(progress, "");
    }
    return new SendOutcome.Accepted(sent);
  }

  private SendOutcome send(WhatsAppRequest request) {
    if (request.upload().isEmpty()) {
      return post(request.message());
    }
    return switch (upload(request.upload().get())) {
      case Upload.Done done -> post(request.with(done.mediaId()));
      case Upload.Failed failed -> failed.outcome();
    };
  }

  private SendOutcome post(ObjectNode message) {
    return switch (api.messages(message)) {
      case GraphAnswer.Done done -> {
        String id = done.result().path("messages").path(0).path("id").asText("");
        yield id.isBlank()
            ? new SendOutcome.Unknown(Failure.of(Code.UNKNOWN_OUTCOME, "an answer without an id"))
            : SendOutcome.Accepted.as(id);
      }
      case GraphAnswer.Declined declined -> declined(declined);
      case GraphAnswer.Lost lost -> HttpOutcomes.ofFailure(lost.cause());
    };
  }

  private SendOutcome declined(GraphAnswer.Declined declined) {
    WhatsAppErrors.pause(declined, account.clock()).ifPresent(pause::hold);
    return WhatsAppErrors.outcome(declined, account.clock());
  }

  private Upload upload(Part.Media media) {
    try (MediaStore.Content file = account.media().open(media.url())) {
      String given = media.mediaType().isBlank() ? file.mediaType() : media.mediaType();
      long size = media.size() > 0 ? media.size() : file.size();
      Optional<String> objection =
          MediaRules.of(media.kind()).objection(media.at(media.url(), given, size));
      if (objection.isPresent()) {
        return new Upload.Failed(refused(Code.CONTENT_REJECTED, objection.get()));
      }
      String name = media.name().isBlank() ? file.name() : media.name();
      return uploaded(api.upload(file, MediaRules.plain(given), name));
    } catch (FileNotFoundException gone) {
      return new Upload.Failed(refused(Code.CONTENT_REJECTED, "the attachment is gone"));
    } catch (IOException e) {
      return new Upload.Failed(notSent("the attachment cannot be read now"));
    }
  }

  /** Whatever became of an upload, no message was sent by it. */
  private Upload uploaded(GraphAnswer answer) {
    return switch (answer) {
      case GraphAnswer.Done done -> {
        String id = done.result().path("id").asText("");
        yield id.isBlank()
            ? new Upload.Failed(notSent("WhatsApp gave the file no id"))
            : new Upload.Done(id);
      }
      case GraphAnswer.Declined declined -> {
        SendOutcome outcome = declined(declined);
        yield new Upload.Failed(
            outcome instanceof SendOutcome.Unknown unknown
                ? new SendOutcome.NotSent(unknown.failure())
                : outcome);
      }
      case GraphAnswer.Lost lost ->
          new Upload.Failed(
              notSent("the upload failed: " + lost.cause().getClass().getSimpleName()));
    };
  }

  private static SendOutcome notSent(String sentence) {
    return new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, sentence));
  }

  private static SendOutcome refused(Code code, String detail) {
    return new SendOutcome.Refused(Failure.of(code, detail));
  }

  /** A file that WhatsApp has, or what the send ends with because it has not. */
  private sealed interface Upload {
    record Done(String mediaId) implements Upload {}

    record Failed(SendOutcome outcome) implements Upload {}
  }
}
