package io.omnihub.channel.email.mime;

import io.omnihub.api.model.Failure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a mail at one recipient.
 *
 * @param recipient normalised address
 * @param status enhanced status code d.d.d (RFC 3463); made up from the rest where none was given
 * @param action {@code failed}, {@code delayed}, {@code delivered}, {@code relayed} or {@code
 *     expanded}
 * @param diagnostic the words of the server
 */
record BounceReport(
    String recipient, String status, String action, String diagnostic, Reason reason) {
  private static final Pattern ENHANCED =
      Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d]|\\.\\d)");
  private static final Pattern REPLY = Pattern.compile("(?<![\\d.\\[])([45])[0-5]\\d(?=[ ,-]|$)");

  /**
   * @param declared status as the report gives it, may be empty
   */
  static BounceReport of(String recipient, String declared, String action, String diagnostic) {
    String status = status(declared, action, diagnostic);
    String done = action.isEmpty() ? (status.startsWith("2") ? "delivered" : "failed") : action;
    return new BounceReport(recipient, status, done, diagnostic, Reason.of(status, diagnostic));
  }

  /** Whether the address itself is dead. */
  boolean hard() {
    return reason.hard();
  }

  boolean isFailure() {
    return action.equals("failed");
  }

  boolean isDelivery() {
    return action.equals("delivered");
  }

  /** For the hub; without a word of the mail. */
  Failure failure() {
    return Failure.of(code(), "the mail came back: " + words() + " (status " + status + ")");
  }

  private Failure.Code code() {
    return switch (reason) {
      case USER_UNKNOWN, HOST_UNKNOWN, MOVED, NOT_ACCEPTING, SUSPENDED ->
          Failure.Code.RECIPIENT_INVALID;
      case MAILBOX_FULL, EXPIRED, NETWORK -> Failure.Code.TRANSIENT;
      case AUTHENTICATION, SENDER_REFUSED, RELAYING -> Failure.Code.CONFIG;
      case SPAM, TOO_LARGE -> Failure.Code.CONTENT_REJECTED;
      case OTHER, DELIVERED -> byStatus();
    };
  }

  private Failure.Code byStatus() {
    if (status.startsWith("5.1.")) {
      return Failure.Code.RECIPIENT_INVALID;
    }
    return status.startsWith("4.") ? Failure.Code.TRANSIENT : Failure.Code.CONTENT_REJECTED;
  }

  private String words() {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A status that says no more than yes or no gives way to the one in the server's words. */
  private static String status(String declared, String action, String diagnostic) {
    Matcher given = ENHANCED.matcher(declared);
    String status = given.find() ? given.group(1) : "";
    if (status.isEmpty() || status.endsWith(".0.0")) {
      status =
          ENHANCED
              .matcher(diagnostic)
              .results()
              .map(told -> told.group(1))
              .filter(told -> action.startsWith("deliver") || !told.startsWith("2"))
              .findFirst()
              .orElse(status);
    }
    return status.isEmpty() ? guessed(action, diagnostic) : status;
  }

  private static String guessed(String action, String diagnostic) {
    Matcher reply = REPLY.matcher(diagnostic);
    if (reply.find()) {
      return reply.group(1) + ".0.0";
    }
    return switch (action) {
      case "delivered", "relayed", "expanded" -> "2.0.0";
      case "delayed" -> "4.0.0";
      default -> "5.0.0";
    };
  }

  /**
   * Why a mail came back, from the words of the server that refused it; the first that fits counts.
   */
  enum Reason {
    DELIVERED(false, "(?!)"),
    MAILBOX_FULL(
        false,
        "mail ?box (?:is |for .{1,80} is )?full|full mailbox|over[ -]?quota|quota .{0,40}(?:exceed|full|reach)|exceed.{0,60}quota"
            + "|(?:folder|inbox|account|storage) is full|out of storage|insufficient (?:disk|system|mail) (?:space|storage)"
            + "|not enough (?:disk |storage )?space|mailbox .{0,30}exceed|exceeded .{0,30}storage|mailbox size limit|disk full"
            + "|too many messages in|storage allocation|mailbox exceeded|recipient storage full|disk quota|no space left"),
    AUTHENTICATION(
        false,
        "\\bdmarc\\b|\\bspf\\b|\\bdkim\\b|sender policy framework|reverse dns|\\bptr\\b|reverse hostname|cannot find your"
            + "|unauthenticated|authentication information|sender id|not rfc 5322 compliant|missing 'from'"),
    SENDER_REFUSED(
        false,
        "sender address rejected|sender (?:denied|rejected|verif|domain)|domain of sender|mail from|from address|invalid sender"
            + "|bad sender|you are not allowed to (?:send|post)|permission to (?:post|send)|not have permission|sender is not"),
    RELAYING(
        false,
        "relay(?:ing)? (?:access )?(?:denied|not permitted|not allowed)|unable to relay|not permitted to relay|relaying"),
    SPAM(
        false,
        "\\bspam|\\bvirus|junk|blacklist|black list|block ?list|spamhaus|\\brbl\\b|reputation|message (?:content )?rejected"
            + "|content (?:rejected|filter)|prohibited attachment|unsolicited|dnsbl|blocked|banned|policy|recipient preferences"),
    TOO_LARGE(
        false,
        "message (?:size|too (?:big|large|long))|size (?:exceeds|limit)|exceeds .{0,30}(?:maximum|size|limit)|too (?:big|large)"),
    NOT_ACCEPTING(
        true,
        "null ?mx|does(?:n't| not) (?:accept|receive) (?:any )?mail|not accepting mail|no mail accepted"
            + "|does not accept (?:mail|messages)|indicated no smtp|no mx found|listed as a best-preference mx|no valid mail exchanger|mx (?:record )?.{0,20}invalid"),
    HOST_UNKNOWN(
        true,
        "host (?:name )?(?:\\S{1,80} )?(?:is )?(?:unknown|not found)|unknown host|host (?:or domain name )?not found|(?:domain|host) (?:name )?(?:not found|lookup failed|does(?:n't| not) exist)"
            + "|name or service not known|no such (?:domain|host)|nxdomain|unrouteable (?:mail )?domain|bad destination (?:host|system)"
            + "|invalid domain|illegal host|unknown (?:mail )?domain|non-?existent (?:host|domain)|can(?:not|'t) find .{0,40}host"
            + "|couldn't find any host|domain .{0,60}(?:not found|does not exist)|no mx or a|couldn't find any host"),
    MOVED(
        true,
        "has moved|user not local|no longer (?:with|at|uses)|address changed|please try <|has been replaced by"),
    SUSPENDED(
        false,
        "disabled|discontinued|suspend|inactive|deactivated|account (?:is )?(?:locked|closed)|not active|expired account"),
    USER_UNKNOWN(
        true,
        "(?:user|recipient|address(?:ee)?|mailbox|account|login)(?: name)?(?: is)?(?: an)? (?:unknown|not found|not known|not recogni[sz]ed|unavailable|invalid|not listed)"
            + "|unknown (?:or (?:illegal|invalid) )?(?:user|recipient|address|local|account|mailbox|addressee|email)|(?:un)?known user"
            + "|no such (?:user|recipient|address|mailbox|account|person|addressee|email)|no (?:valid recipient|mailbox|account)"
            + "|does(?:n't| not| no longer) (?:exist|have)|not exist|recipient name is not|invalid (?:recipient|mailbox|user|address|final)"
            + "|not a (?:valid|known)|unrouteable address|bad destination mailbox|not (?:our|in our|listed in)|user not|isn't|is not (?:a |an )?(?:known|valid|active|local)"
            + "|address rejected|recipient rejected|bad address|address error|unrouteable|undeliverable address|recipientnotfound"
            + "|resolver\\.adr|account that you tried|no user|misspelled|check if address|address(?:es)? (?:was|were|wasn't|couldn't be|could not be) (?:not )?found"),
    EXPIRED(
        false,
        "expired|timed? ?out|too long in|in (?:the )?queue|retry time|not (?:be )?delivered (?:with)?in|delayed|gave up|aborted after"
            + "|could not be delivered for|still being retried|will be retried|temporar|has been undeliverable|giving up"),
    NETWORK(
        false,
        "loop|hop count|too many hops|connection (?:refused|reset|lost)|unreachable|no route|name server|could not connect|networkerror|dns error"),
    OTHER(false, "(?s).*");

    private final boolean hard;
    private final Pattern words;

    Reason(boolean hard, String words) {
      this.hard = hard;
      this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    /** Whether the address itself is dead, so that nothing should be sent to it again. */
    boolean hard() {
      return hard;
    }

    /** The reason by the enhanced status (RFC 3463) where it is telling, else by the words. */
    static Reason of(String status, String words) {
      if (status.startsWith("2.")) {
        return DELIVERED;
      }
      Reason byWords = byWords(words);
      return switch (status.isEmpty() ? "" : status.substring(2)) {
        case "1.1", "1.10", "1.351", "1.0" ->
            byWords == OTHER || byWords == EXPIRED || byWords == NETWORK ? USER_UNKNOWN : byWords;
        case "1.2", "4.4" -> byWords == NOT_ACCEPTING ? NOT_ACCEPTING : HOST_UNKNOWN;
        case "1.6" -> MOVED;
        case "1.8", "1.7" -> SENDER_REFUSED;
        case "1.10.0", "7.27" -> NOT_ACCEPTING;
        case "2.2" -> MAILBOX_FULL;
        case "2.3", "3.4" -> TOO_LARGE;
        case "4.7", "4.316" -> EXPIRED;
        case "7.23", "7.25", "7.26", "7.509" -> AUTHENTICATION;
        case "6.0", "6.1", "6.9" -> byWords == USER_UNKNOWN ? SPAM : byWords;
        default -> byWords;
      };
    }

    private static Reason byWords(String words) {
      for (Reason reason : values()) {
        if (reason.words.matcher(words).find()) {
          return reason;
        }
      }
      return OTHER;
    }
  }
}
