package io.omnihub.backend.faq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The questions of one language under one analysis, in memory. One document an entry with all its
 * phrasings: words that several phrasings share then weigh more than chance ones. Immutable and
 * safe for all threads; it holds nothing but memory, so it is never closed.
 */
final class TermIndex {
  private static final String TERMS = "terms";

  /** Candidates whose confidence is worked out. */
  private static final int SHORTLIST = 8;

  private final Analysis analysis;
  private final List<EntryTerms> entries;
  private final TermWeights weights;
  private final IndexSearcher searcher;

  TermIndex(Analysis analysis, List<EntryTerms> entries) {
    this.analysis = analysis;
    this.entries = List.copyOf(entries);
    this.weights = new TermWeights(analysis, entries);
    try {
      this.searcher = searcher(entries);
    } catch (IOException e) {
      throw new UncheckedIOException("an index in memory cannot fail", e);
    }
  }

  /**
   * A fitting entry.
   *
   * @param entry its place in the knowledge
   */
  record Match(int entry, String question, double confidence) {}

  /** The entries that fit, the surest first. */
  List<Match> search(String text) {
    Set<String> terms = analysis.distinctTerms(text);
    if (terms.isEmpty()) {
      return List.of();
    }
    try {
      ScoreDoc[] found = searcher.search(query(terms), SHORTLIST).scoreDocs;
      List<Match> matches = new ArrayList<>();
      for (int i = 0; i < found.length; i++) {
        float other = found.length == 1 ? 0 : found[i == 0 ? 1 : 0].score;
        matches.add(match(terms, found[i].doc, found[i].score, other));
      }
      matches.sort(Comparator.comparingDouble(Match::confidence).reversed());
      return matches;
    } catch (IOException e) {
      throw new UncheckedIOException("an index in memory cannot fail", e);
    }
  }

  private Match match(Set<String> terms, int place, float score, float other) {
    EntryTerms entry = entries.get(place);
    EntryTerms.Phrasing nearest = entry.phrasings().getFirst();
    double similarity = 0;
    for (EntryTerms.Phrasing phrasing : entry.phrasings()) {
      double candidate = weights.similarity(terms, phrasing.terms());
      if (candidate > similarity) {
        similarity = candidate;
        nearest = phrasing;
      }
    }
    boolean exact = nearest.terms().equals(terms);
    Confidence confidence =
        new Confidence(
            exact ? 1 : Confidence.clarity(score, other),
            similarity,
            weights.coverage(terms, entry.all()));
    return new Match(entry.entry(), nearest.text(), confidence.value());
  }

  /** Without merges a document's number is the place of its entry. */
  private static IndexSearcher searcher(List<EntryTerms> entries) throws IOException {
    ByteBuffersDirectory memory = new ByteBuffersDirectory();
    BM25Similarity similarity = new BM25Similarity();
    IndexWriterConfig config =
        new IndexWriterConfig(new KeywordAnalyzer())
            .setSimilarity(similarity)
            .setMergePolicy(NoMergePolicy.INSTANCE);
    try (IndexWriter writer = new IndexWriter(memory, config)) {
      for (EntryTerms entry : entries) {
        Document document = new Document();
        for (EntryTerms.Phrasing phrasing : entry.phrasings()) {
          phrasing
              .terms()
              .forEach(term -> document.add(new TextField(TERMS, term, Field.Store.NO)));
        }
        writer.addDocument(document);
      }
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(memory));
    searcher.setSimilarity(similarity);
    searcher.setQueryCache(null);
    return searcher;
  }

  private Query query(Set<String> terms) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String term : terms) {
      Query one =
          new BoostQuery(new TermQuery(new Term(TERMS, term)), (float) analysis.worth(term));
      query.add(one, BooleanClause.Occur.SHOULD);
    }
    return query.build();
  }
}
