import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.StringDocValuesReaderState;
import org.apache.lucene.facet.StringValueFacetCounts;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Lucene as a peer: one text field split at spaces; speaks the lines of bench/engine/lines.py. */
public final class LuceneBench {
    private static final String[] FACETS = {"category", "source", "year"};
    private static final int SHOWN = 10;
    private static final int DEEP = 490;
    private static final int SNIPPET = 200;
    private static final int COMPLETIONS = 7;

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final UnifiedHighlighter highlighter;
    private final StringDocValuesReaderState[] states = new StringDocValuesReaderState[FACETS.length];

    private LuceneBench(Path folder) throws IOException {
        reader = DirectoryReader.open(FSDirectory.open(folder));
        searcher = new IndexSearcher(reader);
        highlighter =
            UnifiedHighlighter.builder(searcher, new WhitespaceAnalyzer())
                .withBreakIterator(
                    () -> LengthGoalBreakIterator.createClosestToLength(BreakIterator.getWordInstance(Locale.ROOT), SNIPPET, 0.5f))
                .build();
        for (int i = 0; i < FACETS.length; i++) {
            states[i] = new StringDocValuesReaderState(reader, FACETS[i]);
        }
    }

    public static void main(String[] args) throws IOException {
        if (args[0].equals("build")) {
            build(Path.of(args[1]), Path.of(args[2]));
        } else {
            serve(Path.of(args[1]), Path.of(args[2]));
        }
    }

    private static void build(Path folder, Path tokens) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
        config.setRAMBufferSizeMB(256);
        long reading = 0;
        long began = System.nanoTime();
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
            BufferedReader lines = Files.newBufferedReader(tokens)) {
            while (true) {
                long start = System.nanoTime();
                String line = lines.readLine();
                reading += System.nanoTime() - start;
                if (line == null) {
                    break;
                }
                writer.addDocument(document(line.split("\t", -1)));
            }
            writer.commit();
        }
        System.out.printf(
            Locale.ROOT, "{\"seconds\": %.3f, \"more\": 0.0}%n", (System.nanoTime() - began - reading) / 1e9);
    }

    private static Document document(String[] row) {
        Document document = new Document();
        document.add(new StringField("id", row[0], Field.Store.YES));
        document.add(new StoredField("title", row[1]));
        for (int i = 0; i < FACETS.length; i++) {
            document.add(new StringField(FACETS[i], row[2 + i], Field.Store.YES));
            document.add(new SortedDocValuesField(FACETS[i], new BytesRef(row[2 + i])));
        }
        document.add(new LongPoint("day", Long.parseLong(row[5])));
        document.add(new NumericDocValuesField("day", Long.parseLong(row[5])));
        document.add(new NumericDocValuesField("seconds", Long.parseLong(row[6])));
        document.add(new StoredField("seconds", Long.parseLong(row[6])));
        document.add(new TextField("body", row[7], Field.Store.YES));
        return document;
    }

    private static void serve(Path folder, Path queries) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.print("ready\n");
        out.flush();
        in.readLine();
        long began = System.nanoTime();
        LuceneBench bench = new LuceneBench(folder);
        out.printf(Locale.ROOT, "%.6f%n", (System.nanoTime() - began) / 1e9);
        out.flush();
        List<String[]> asked = new ArrayList<>();
        for (String line : Files.readAllLines(queries)) {
            asked.add(line.split("\t", -1));
        }
        for (String kind = in.readLine(); kind != null; kind = in.readLine()) {
            for (String[] query : asked) {
                if (query[0].equals(kind)) {
                    long start = System.nanoTime();
                    String answer = bench.ask(query);
                    out.printf(Locale.ROOT, "%.1f\t%s\n", (System.nanoTime() - start) / 1e3, answer);
                }
            }
            out.print(".\n");
            out.flush();
        }
    }

    private String ask(String[] query) throws IOException {
        String kind = query[0];
        if (kind.equals("complete")) {
            return "-1\t0\t" + String.join(" ", completed(query[1])) + "\t";
        }
        Query tree = tree(query);
        int limit = kind.equals("deep") ? DEEP + SHOWN : SHOWN;
        boolean counting = kind.equals("facet") || kind.equals("full");
        StringBuilder facets = new StringBuilder();
        TopDocs top;
        if (kind.equals("newest")) {
            Sort sort = new Sort(new SortField("seconds", SortField.Type.LONG, true));
            top = searcher.search(tree, new TopFieldCollectorManager(sort, limit, null, Integer.MAX_VALUE));
        } else if (counting) {
            Object[] both =
                searcher.search(
                    tree,
                    new MultiCollectorManager(
                        new TopScoreDocCollectorManager(limit, null, Integer.MAX_VALUE), new FacetsCollectorManager()));
            top = (TopDocs) both[0];
            count((FacetsCollector) both[1], facets);
        } else {
            top = searcher.search(tree, new TopScoreDocCollectorManager(limit, null, Integer.MAX_VALUE));
        }
        StringBuilder ids = new StringBuilder();
        for (int i = kind.equals("deep") ? DEEP : 0; i < top.scoreDocs.length; i++) {
            ScoreDoc hit = top.scoreDocs[i];
            Document stored = searcher.storedFields().document(hit.doc);
            ids.append(ids.length() > 0 ? " " : "").append(stored.get("id"));
        }
        int marked = 0;
        if (kind.equals("snippets") || kind.equals("full")) {
            for (String snippet : highlighter.highlight("body", tree, top, 1)) {
                marked += snippet != null && snippet.contains("<b>") ? 1 : 0;
            }
        }
        return top.totalHits.value + "\t" + marked + "\t" + ids + "\t" + facets;
    }

    private void count(FacetsCollector hits, StringBuilder out) throws IOException {
        for (int i = 0; i < FACETS.length; i++) {
            out.append(i > 0 ? "|" : "").append(FACETS[i]).append(":");
            FacetResult result = new StringValueFacetCounts(states[i], hits).getAllChildren(FACETS[i]);
            TreeMap<String, Number> sorted = new TreeMap<>();
            for (LabelAndValue value : result == null ? new LabelAndValue[0] : result.labelValues) {
                sorted.put(value.label, value.value);
            }
            int at = 0;
            for (var entry : sorted.entrySet()) {
                out.append(at++ > 0 ? ";" : "").append(entry.getKey()).append("=").append(entry.getValue());
            }
        }
    }

    private Query tree(String[] query) {
        String[] words = query[1].split(" ");
        switch (query[0]) {
            case "phrase":
                return new PhraseQuery("body", words);
            case "prefix":
                return new PrefixQuery(new Term("body", words[0]));
            case "typo":
            case "near":
                return new FuzzyQuery(new Term("body", words[0]), 1, 0, 1000, true);
            default:
        }
        boolean any = query[0].equals("or") || query[0].equals("facet") || query[0].equals("question");
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : words) {
            all.add(new TermQuery(new Term("body", word)), any ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST);
        }
        if (query[0].equals("filter")) {
            all.add(new TermQuery(new Term("category", query[2])), BooleanClause.Occur.FILTER);
            all.add(
                LongPoint.newRangeQuery("day", Long.parseLong(query[3]), Long.parseLong(query[4])),
                BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    private record Counted(String word, int count) {}

    private List<String> completed(String start) throws IOException {
        Terms terms = MultiTerms.getTerms(reader, "body");
        TermsEnum each = terms.iterator();
        BytesRef prefix = new BytesRef(start);
        PriorityQueue<Counted> best = new PriorityQueue<>((one, two) -> Integer.compare(one.count, two.count));
        if (each.seekCeil(prefix) != TermsEnum.SeekStatus.END) {
            do {
                String word = each.term().utf8ToString();
                if (!word.startsWith(start)) {
                    break;
                }
                best.add(new Counted(word, each.docFreq()));
                if (best.size() > COMPLETIONS) {
                    best.poll();
                }
            } while (each.next() != null);
        }
        List<String> words = new ArrayList<>();
        while (!best.isEmpty()) {
            words.add(0, best.poll().word);
        }
        return words;
    }
}
