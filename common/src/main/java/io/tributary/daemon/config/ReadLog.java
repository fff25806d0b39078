package io.tributary.daemon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was read so far: declared keys, their documentation, and the problems met. */
final class ReadLog {
    private final Map<String, String> environment;
    private final boolean documenting;
    private final Map<String, KeyDoc> docs = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> subtrees = new HashSet<>();

    ReadLog(Map<String, String> environment, boolean documenting) {
        this.environment = environment;
        this.documenting = documenting;
    }

    boolean documenting() {
        return documenting;
    }

    void declare(KeyDoc doc) {
        docs.putIfAbsent(doc.path(), doc);
    }

    /** Declares that whatever stands below this path belongs to it. */
    void declareSubtree(String path) {
        subtrees.add(path);
    }

    void problem(ConfigProblem problem) {
        problems.add(problem);
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    List<KeyDoc> docs() {
        return List.copyOf(docs.values());
    }

    @Nullable String override(String path) {
        return environment.get(ConfigReader.variable(path));
    }

    boolean declares(String path) {
        return docs.containsKey(path) || subtrees.stream().anyMatch(tree -> path.startsWith(tree + "."));
    }

    boolean declaresVariable(String name) {
        return docs.keySet().stream()
                .anyMatch(path -> ConfigReader.variable(path).equals(name));
    }

    /** The declared key that the path is most likely a slip of: at most three edits away, or equal at its end. */
    Optional<String> nearest(String path) {
        String tail = path.substring(path.lastIndexOf('.') + 1);
        Optional<String> close = docs.keySet().stream()
                .filter(known -> EditDistance.between(known, path) <= 3)
                .min(Comparator.comparingInt(known -> EditDistance.between(known, path)));
        return close.isPresent()
                ? close
                : docs.keySet().stream()
                        .filter(known -> known.endsWith("." + tail))
                        .findFirst();
    }
}
