package io.tributary.etl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against what Java's own encoder can encode. */
class SurrogatesPropertyTest {
    @Property
    void halvesAreFoundAndPairsAreNot(@ForAll("texts") String text) {
        StringBuilder json = new StringBuilder("{\"a\\\\b\":\"");
        text.chars().forEach(unit -> json.append(String.format("\\u%04" + (unit % 2 == 0 ? "x" : "X"), unit)));
        byte[] bytes = json.append("\\n\"}").toString().getBytes(StandardCharsets.US_ASCII);

        assertThat(Surrogates.isHalved(bytes, 0, bytes.length))
                .isEqualTo(!StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Property
    void anEscapedBackslashBeforeLettersIsNoEscape(@ForAll("texts") String text) {
        byte[] bytes = ("\"" + "\\\\ud83d".repeat(text.length()) + "\"").getBytes(StandardCharsets.US_ASCII);

        assertThat(Surrogates.isHalved(bytes, 0, bytes.length)).isFalse();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of('a', '\ud83d', '\ude00', '\ud800', '\udfff', '\u20ac')
                .array(Character[].class)
                .ofMaxSize(6)
                .map(units -> {
                    StringBuilder text = new StringBuilder();
                    for (char unit : units) {
                        text.append(unit);
                    }
                    return text.toString();
                });
    }
}
