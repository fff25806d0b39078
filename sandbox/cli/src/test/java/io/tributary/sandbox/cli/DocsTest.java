package io.tributary.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point at is there. */
class DocsTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("tributary.root")));
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");

    @Test
    void theTestsThatDocumentsNameExist() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : documents()) {
            for (MatchResult test : matches(TEST, Files.readString(document))) {
                named++;
                String source = tests.getOrDefault(test.group(1), "");
                boolean there = test.group(2) == null
                        ? !source.isEmpty()
                        : Pattern.compile("\\b(void|boolean) " + test.group(2) + "\\(")
                                .matcher(source)
                                .find();
                if (!there) {
                    missing.add(ROOT.relativize(document) + ": " + test.group());
                }
            }
        }

        assertThat(named).isGreaterThan(50);
        assertThat(missing).isEmpty();
    }

    @Test
    void theFilesThatDocumentsLinkToExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link : matches(LINK, Files.readString(document))) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    missing.add(ROOT.relativize(document) + ": " + link.group(1));
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path directory :
                List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/adr"), ROOT.resolve("docs/runbooks"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents;
    }

    /** The source of each test class, by its name. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("/src/test/java/"))
                    .toList();
        }
        for (Path source : sources) {
            tests.put(String.valueOf(source.getFileName()).replace(".java", ""), Files.readString(source));
        }
        return tests;
    }
}
