package io.tributary.etl.schema;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON texts of all kinds, for properties. */
public final class JsonValues {
    private JsonValues() {}

    /** Objects whose fields have few names, some of which share a column, and values of every kind. */
    public static Arbitrary<String> records() {
        return object(2);
    }

    private static Arbitrary<String> object(int depth) {
        Arbitrary<String> field = Combinators.combine(
                        Arbitraries.of("a", "A", "b", "B", "c.d", "c_d", "_key", "_offset", "", "ß"), value(depth))
                .as((name, value) -> "\"" + name + "\":" + value);
        return field.list()
                .ofMaxSize(5)
                .uniqueElements(text -> text.substring(0, text.indexOf(':')))
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "1.0", "1e3", "0.1", "1e400", "-0.12345678901234567890"),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.strings().alpha().ofMaxLength(3).map(text -> "\"" + text + "\""));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> array = value(depth - 1)
                .list()
                .ofMaxSize(3)
                .map((List<String> elements) -> elements.stream().collect(Collectors.joining(",", "[", "]")));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, scalar),
                net.jqwik.api.Tuple.of(1, array),
                net.jqwik.api.Tuple.of(1, object(depth - 1)));
    }
}
