package io.omnihub.core.conversation;

import io.omnihub.core.identity.Contacts;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.store.Ids;
import io.omnihub.core.timeline.Timeline;
import java.time.Clock;

/** What the engine works with. */
public record Rooms(
    Directory directory,
    Contacts contacts,
    Timeline timeline,
    Outbox outbox,
    DeadLetters deadLetters,
    Ids ids,
    Clock clock) {}
