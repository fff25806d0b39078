package io.tributary.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The oracle is Jackson's tree reader on strictly decoded text, with nothing allowed after the value. */
class JsonCheckPropertyTest {
    @Property(tries = 20_000)
    void agreesWithTheOracleOnStringsOfTokens(@ForAll("tokens") byte[] json) {
        assertThat(isGood(json))
                .as(new String(json, StandardCharsets.ISO_8859_1))
                .isEqualTo(JsonOracle.accepts(json));
    }

    @Property(tries = 20_000)
    void agreesWithTheOracleOnGoodJsonWithOneByteChanged(
            @ForAll("samples") String sample, @ForAll @IntRange(max = 500) int position, @ForAll byte replacement) {
        byte[] json = sample.getBytes(StandardCharsets.UTF_8);
        assertThat(isGood(json)).isTrue();
        json[position % json.length] = replacement;
        assertThat(isGood(json))
                .as(new String(json, StandardCharsets.ISO_8859_1))
                .isEqualTo(JsonOracle.accepts(json));
    }

    @Property(tries = 2_000)
    void agreesWithTheOracleOnGoodJsonCutShort(
            @ForAll("samples") String sample, @ForAll @IntRange(max = 500) int length) {
        byte[] whole = sample.getBytes(StandardCharsets.UTF_8);
        byte[] json = java.util.Arrays.copyOf(whole, length % whole.length);
        assertThat(isGood(json))
                .as(new String(json, StandardCharsets.ISO_8859_1))
                .isEqualTo(JsonOracle.accepts(json));
    }

    @Example
    void nestingIsBounded() {
        String deepest = "[".repeat(JsonCheck.MAX_DEPTH) + "]".repeat(JsonCheck.MAX_DEPTH);
        assertThat(new JsonCheck(deepest.getBytes(StandardCharsets.UTF_8)).problem())
                .isEmpty();
        assertThat(new JsonCheck(("[" + deepest + "]").getBytes(StandardCharsets.UTF_8)).problem())
                .contains("the JSON is nested deeper than 1000, at byte 1000");
    }

    @Provide
    Arbitrary<byte[]> tokens() {
        Arbitrary<byte[]> token = Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\"a\"",
                        "\"bcdefghijk\"",
                        "\\",
                        "\\u00e9",
                        "\\ud800",
                        "\\u12",
                        "0",
                        "-",
                        "01",
                        "12",
                        ".5",
                        "e+3",
                        "1e5",
                        "true",
                        "false",
                        "null",
                        "nul",
                        " ",
                        "\n",
                        "\t",
                        "\u0001",
                        "\u007f",
                        "\u00e9",
                        "\u20ac",
                        "\ud83d\ude00",
                        "NaN")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> broken = Arbitraries.of(0xc0, 0x80, 0xed, 0xa0, 0xf5, 0xff, 0xe2, 0)
                .map(value -> new byte[] {value.byteValue()});
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(30, token), net.jqwik.api.Tuple.of(1, broken))
                .list()
                .ofMaxSize(12)
                .map(JsonCheckPropertyTest::join);
    }

    @Provide
    Arbitrary<String> samples() {
        return Arbitraries.of(
                "{\"id\":17,\"name\":\"caf\u00e9 \u20ac \ud83d\ude00\",\"x\":[1.5e-3,true,null,{\"y\":[]}]}",
                "[\"a long enough string that words of eight bytes are skipped\",-0.0,{}]",
                " {\r\n\t\"a\" : \"\\\"\\\\\\/\\b\\u0041\" , \"b\" : [ ] } ",
                "\"text\"",
                "-12.5E+7");
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static boolean isGood(byte[] json) {
        return new JsonCheck(json).problem().isEmpty();
    }
}
