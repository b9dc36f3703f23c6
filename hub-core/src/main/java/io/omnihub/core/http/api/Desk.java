package io.omnihub.core.http.api;

import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.core.conversation.ConversationEngine;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.journal.Journal;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction.Work;
import io.omnihub.core.timeline.Timeline;
import java.util.Map;

/** What the resources work with. */
public record Desk(
    Store store,
    Timeline timeline,
    Contacts contacts,
    Directory directory,
    Journal journal,
    ConversationEngine engine,
    Ids ids,
    Idempotency idempotency) {

  /**
   * Carries out what a POST asks for. The work does it and makes the answer, in one transaction, in
   * which the answer is also kept if the caller may repeat the request. What is refused is a value,
   * {@link Reply.Refused}; what the work throws undoes it.
   */
  public Reply perform(Call call, Work<Reply> work) {
    return store.write(tx -> idempotency.keep(tx, call, work.run(tx)));
  }

  /**
   * The same for what the journal keeps as a command.
   *
   * @param what the command, for people who read the journal
   */
  Reply command(Call call, String account, Map<String, ?> what, Work<Reply> work) {
    return journal.record(
        account,
        "command",
        "command/" + ids.next(),
        what,
        tx -> idempotency.keep(tx, call, work.run(tx)));
  }

  /** The conversation, if the caller may see it. */
  Conversation visible(Principal principal, String id) {
    Conversation conversation =
        store
            .read(tx -> timeline.conversation(tx, id))
            .orElseThrow(() -> Problem.notFound("conversation"));
    if (!maySee(principal, conversation)) {
      throw Problem.forbidden();
    }
    return conversation;
  }

  /** Whether the caller may see a conversation; nobody sees one that does not exist. */
  public boolean maySee(Principal principal, String id) {
    return store
        .read(tx -> timeline.conversation(tx, id))
        .filter(conversation -> maySee(principal, conversation))
        .isPresent();
  }

  static boolean maySee(Principal principal, Conversation conversation) {
    return switch (principal.role()) {
      case ADMIN, SUPERVISOR, BACKEND -> true;
      case AGENT ->
          conversation.handler().kind() != Owner.Kind.AGENT
              || conversation.handler().id().equals(principal.name());
      case PARTNER -> conversation.account().equals(principal.name());
    };
  }
}
