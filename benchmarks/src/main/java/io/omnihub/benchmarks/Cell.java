package io.omnihub.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value of the person who is copied, and what it is in the copy of a number. */
sealed interface Cell {

  /** Ids that the hub made, but for what makes each of them different, and the person's chat. */
  Pattern IDS =
      Pattern.compile(
          "([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-)[0-9a-f]{12}|" + Clones.CHAT);

  Object value(long number);

  /** The number that stands in the cell. */
  default long number() {
    throw new IllegalStateException("a number was expected");
  }

  /** The same cell, growing by a step from one copy to the next; 0 stays, for it points nowhere. */
  default Cell moving(long step) {
    return this;
  }

  /**
   * @param key whether the value has to be different in each copy even though no id is in it
   */
  static Cell of(Object value, boolean key) {
    return switch (value) {
      case String text -> Words.of(text, key, false);
      case byte[] bytes -> Words.of(new String(bytes, UTF_8), key, true);
      case Number number -> new Count(number, 0);
      case null, default -> new Same(value);
    };
  }

  /** The same in all. */
  record Same(Object same) implements Cell {
    @Override
    public Object value(long number) {
      return same;
    }
  }

  /** A number. */
  record Count(Number first, long step) implements Cell {
    @Override
    public Object value(long number) {
      return step == 0 ? first : (Object) (first.longValue() + step * number);
    }

    @Override
    public long number() {
      return first.longValue();
    }

    @Override
    public Cell moving(long by) {
      return first.longValue() == 0 ? this : new Count(first, by);
    }
  }

  /**
   * Words with ids in them.
   *
   * @param between what stands before each id and behind the last; the ids' constant beginnings are
   *     part of it
   * @param chats which of the ids are the chat; the others are the hub's
   */
  record Words(List<String> between, List<Boolean> chats, boolean bytes) implements Cell {
    static Cell of(String text, boolean key, boolean bytes) {
      List<String> between = new ArrayList<>();
      List<Boolean> chats = new ArrayList<>();
      Matcher id = IDS.matcher(text);
      int end = 0;
      while (id.find()) {
        boolean chat = id.group(1) == null;
        between.add(text.substring(end, chat ? id.start() : id.end(1)));
        chats.add(chat);
        end = id.end();
      }
      if (chats.isEmpty() && key) {
        between.add(text + "#");
        chats.add(true);
        end = text.length();
      }
      between.add(text.substring(end));
      if (chats.isEmpty()) {
        return new Same(bytes ? text.getBytes(UTF_8) : text);
      }
      return new Words(between, chats, bytes);
    }

    @Override
    public Object value(long number) {
      StringBuilder words = new StringBuilder();
      for (int i = 0; i < chats.size(); i++) {
        words.append(between.get(i));
        words.append(
            chats.get(i)
                ? Long.toString(Clones.CHAT + number)
                : Long.toHexString(0xA00000000000L + number));
      }
      words.append(between.getLast());
      return bytes ? words.toString().getBytes(UTF_8) : words.toString();
    }
  }
}
