package io.omnihub.backend.faq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The ways to take a text apart into terms. Words that say nothing about a question are left out.
 */
final class Analysis {
  /** English words, stemmed. */
  static final Analysis ENGLISH =
      new Analysis(
          new EnglishAnalyzer(englishStopWords()), UnaryOperator.identity(), Words.ENGLISH_WEAK);

  /** Chinese words as the dictionary cuts them. */
  static final Analysis CHINESE_WORDS =
      new Analysis(new SmartChineseAnalyzer(chineseStopWords()), UnaryOperator.identity(), "");

  /**
   * Pairs of neighbouring Chinese characters, for words that the dictionary cuts differently in the
   * question and in the knowledge.
   */
  static final Analysis CHINESE_PAIRS =
      new Analysis(
          new CJKAnalyzer(CharArraySet.EMPTY_SET),
          text -> Words.CHINESE_FILLER.matcher(text).replaceAll(" "),
          "");

  /** Terms of one question; more add nothing to what it is about. */
  private static final int MOST_TERMS = 128;

  /**
   * Between 0.3 and 0.5 makes no difference on banking77; it keeps small knowledge from mistakes.
   */
  private static final double LITTLE = 0.4;

  private static final Pattern NO_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Analyzer analyzer;
  private final UnaryOperator<String> preparation;
  private final Set<String> weak;

  private Analysis(Analyzer analyzer, UnaryOperator<String> preparation, String weakWords) {
    this.analyzer = analyzer;
    this.preparation = preparation;
    this.weak = distinctTerms(weakWords);
  }

  /** The terms of a text in their order, with repetitions. */
  List<String> terms(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    List<String> terms = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream("text", preparation.apply(plain))) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (terms.size() < MOST_TERMS && tokens.incrementToken()) {
        terms.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
    return terms;
  }

  /**
   * How much a term tells apart from its rarity, up to 1: how, when or my may be rare in a small
   * knowledge and yet tell little.
   */
  double worth(String term) {
    return weak.contains(term) ? LITTLE : 1;
  }

  /** The terms of a text, each once. */
  Set<String> distinctTerms(String text) {
    return new LinkedHashSet<>(terms(text));
  }

  /**
   * Letters and digits alone, in lower case: what is left of a text when it is compared as such.
   */
  static String letters(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return NO_WORDS.matcher(plain).replaceAll("");
  }

  private static CharArraySet englishStopWords() {
    CharArraySet words = new CharArraySet(Words.ENGLISH, true);
    words.addAll(EnglishAnalyzer.getDefaultStopSet());
    return words;
  }

  private static CharArraySet chineseStopWords() {
    CharArraySet words = new CharArraySet(Words.CHINESE, true);
    words.addAll(SmartChineseAnalyzer.getDefaultStopSet());
    return words;
  }

  /** Courtesies and grammar. */
  private static final class Words {
    static final List<String> ENGLISH =
        List.of("hi", "hello", "hey", "please", "pls", "thanks", "thank", "dear", "sir", "madam");

    static final String ENGLISH_WEAK =
        "i my me mine you your we our us he she they them its how what when where why who which do does"
            + " did done can could will would should may might must have has had having am been being"
            + " get got getting any some so just want need like from about know tell make sure im i'm"
            + " don't can't doesn't didn't isn't won't there's what's up out still also then than too very"
            + " now one";

    static final List<String> CHINESE =
        List.of(
            "的", "了", "吗", "呢", "啊", "吧", "呀", "哦", "么", "嘛", "我", "你", "您", "我们", "你们", "请", "请问",
            "你好", "您好", "谢谢", "是", "有", "在", "能", "会", "可以", "想", "要", "就", "都", "也", "还", "和", "跟",
            "怎么", "怎样", "怎么样", "如何", "什么", "这", "那", "这个", "那个", "一下", "个", "把", "给", "帮", "麻烦",
            "好", "亲", "知道", "告诉", "咨询", "问", "办");

    static final Pattern CHINESE_FILLER =
        Pattern.compile(
            "请问|你好|您好|谢谢|怎么样|怎么办|怎么|怎样|如何|什么|可以|我们|你们|这个|那个|一下|麻烦|有没有|是不是|能不能|可不可以"
                + "|[的了吗呢啊吧呀哦么嘛我你您请是有在能会想要就都也还和跟这那个把给帮亲]");

    private Words() {}
  }
}
