package io.omnihub.dist.faults;

/** A promise that was not kept, about one message of one person. */
record Finding(Kind kind, Person who, String word) {

  /** What users call it. */
  enum Group {
    LOST,
    DOUBLED,
    OVERTAKEN,
    FALSE
  }

  /** Which promise it was. */
  enum Kind {
    /** The hub said yes and has nothing. */
    LOST(Group.LOST),
    /** It said yes to an edit and shows an older text. */
    EDIT_LOST(Group.LOST),
    /** There is no answer, nor one that is known to be uncertain or failed. */
    UNANSWERED(Group.LOST),
    /** The answer still waits when everything is quiet. */
    UNFINISHED(Group.LOST),
    /** The hub says that the answer was sent, the provider never got it. */
    ANSWER_LOST(Group.LOST),
    /** One message stands in the conversation twice. */
    STORED_TWICE(Group.DOUBLED),
    /** The hub made two answers of it. */
    ANSWERED_TWICE(Group.DOUBLED),
    /** The person got an answer twice. */
    SENT_TWICE(Group.DOUBLED),
    /** It stands before one that was said earlier. */
    OVERTAKEN(Group.OVERTAKEN),
    /** The person got its answer before that of an earlier one. */
    ANSWER_OVERTAKEN(Group.OVERTAKEN),
    /** The hub has, or sent, what nobody said, or what it had refused. */
    INVENTED(Group.FALSE),
    /** The hub says that the answer failed, and the person has it. */
    SENT_ALTHOUGH_FAILED(Group.FALSE);

    private final Group group;

    Kind(Group group) {
      this.group = group;
    }

    Group group() {
      return group;
    }
  }
}
