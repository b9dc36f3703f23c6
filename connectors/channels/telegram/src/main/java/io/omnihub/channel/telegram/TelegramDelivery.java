package io.omnihub.channel.telegram;

import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.http.HttpOutcomes;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Sends messages. A message may need several requests, and a later one may fail when an earlier one
 * has arrived. Then no single outcome is true of all: a retry would send the beginning twice, a
 * refusal would forget that it is there. So each accepted piece is written to the account's state
 * under the message's key before the next one goes out; the outcome is that of the piece that
 * failed, and the next attempt goes on with that piece.
 */
final class TelegramDelivery implements Processor {
  private final Account account;
  private final BotApi api;

  TelegramDelivery(Account account, BotApi api) {
    this.account = account;
    this.api = api;
  }

  @Override
  public void process(Exchange exchange) {
    OutboundMessage message = exchange.getMessage().getBody(OutboundMessage.class);
    SendOutcome outcome =
        ChatAddress.parse(message.address())
            .map(address -> send(message, address))
            .orElseGet(() -> refused(Code.RECIPIENT_INVALID, "the address is no Telegram chat"));
    exchange.getMessage().setBody(outcome);
  }

  private SendOutcome send(OutboundMessage message, ChatAddress address) {
    List<TelegramRequest> requests = TelegramOutbound.requests(message, address);
    if (requests.isEmpty()) {
      return refused(Code.CONTENT_REJECTED, "nothing in it that Telegram carries");
    }
    String progress = "sent/" + message.key();
    List<String> sent = new ArrayList<>(sentBefore(progress));
    boolean resumed = !sent.isEmpty();
    while (sent.size() < requests.size()) {
      SendOutcome outcome = send(requests.get(sent.size()), address);
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

  private List<String> sentBefore(String progress) {
    String ids = account.state().get(progress).orElse("");
    return ids.isEmpty() ? List.of() : List.of(ids.split(" "));
  }

  private SendOutcome send(TelegramRequest request, ChatAddress address) {
    return switch (attempt(request)) {
      case Attempt.Answered answered -> outcome(request, address, answered.answer());
      case Attempt.Unread unread -> unread.outcome();
    };
  }

  private SendOutcome outcome(TelegramRequest request, ChatAddress address, BotAnswer answer) {
    return switch (answer) {
      case BotAnswer.Done done -> accepted(address, done);
      case BotAnswer.Lost lost -> HttpOutcomes.ofFailure(lost.cause());
      case BotAnswer.Declined declined -> {
        Optional<TelegramRequest> other = otherWay(request, declined);
        yield other.isPresent()
            ? send(other.get(), moved(address, declined))
            : TelegramErrors.outcome(declined, account.clock());
      }
    };
  }

  /** Telegram has done nothing, and says how it would: each way is open once only. */
  private static Optional<TelegramRequest> otherWay(
      TelegramRequest request, BotAnswer.Declined declined) {
    if (request.isMarkedUp() && TelegramErrors.isMarkupProblem(declined)) {
      return Optional.of(request.plain());
    }
    long chat = declined.parameters().path("migrate_to_chat_id").asLong();
    return chat == 0 || chat == request.params().path("chat_id").asLong()
        ? Optional.empty()
        : Optional.of(request.to(chat));
  }

  private static ChatAddress moved(ChatAddress address, BotAnswer.Declined declined) {
    long chat = declined.parameters().path("migrate_to_chat_id").asLong(address.chat());
    return new ChatAddress(chat, address.connection());
  }

  private static SendOutcome accepted(ChatAddress address, BotAnswer.Done done) {
    long id = done.result().path("message_id").asLong();
    return SendOutcome.Accepted.as(address.providerId(id));
  }

  private Attempt attempt(TelegramRequest request) {
    if (request.upload().isEmpty()) {
      return new Attempt.Answered(api.call(request.method(), request.params()));
    }
    TelegramRequest.Upload upload = request.upload().get();
    MediaStore.Content file;
    try {
      file = account.media().open(upload.url());
    } catch (FileNotFoundException gone) {
      return new Attempt.Unread(refused(Code.CONTENT_REJECTED, "the attachment is gone"));
    } catch (IOException e) {
      return new Attempt.Unread(
          new SendOutcome.NotSent(Failure.of(Code.INTERNAL, "the attachment cannot be read now")));
    }
    BotAnswer answer = api.call(request, upload, file);
    try {
      file.close();
    } catch (IOException afterwards) {
      // What was read from it is sent; the answer stands.
      return new Attempt.Answered(answer);
    }
    return new Attempt.Answered(answer);
  }

  private static SendOutcome refused(Code code, String detail) {
    return new SendOutcome.Refused(Failure.of(code, detail));
  }

  /** A request that was made, or one that could not be. */
  private sealed interface Attempt {
    record Answered(BotAnswer answer) implements Attempt {}

    record Unread(SendOutcome outcome) implements Attempt {}
  }
}
