package io.tributary.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
    private static final byte[] BROKEN = {(byte) 0xff, 'x'};

    @Test
    void lineIsTheOneThatTheContractShows() {
        assertThat(line("AA-1", "{\"a\": 1.50}"))
                .isEqualTo("{\"offset\":123,\"timestamp\":1700000000000,\"key\":\"AA-1\",\"value\":{\"a\": 1.50}}\n");
    }

    @Test
    void valueWithoutBytesIsATombstone() {
        assertThat(encode(bytes("k"), null, List.of()))
                .isEqualTo("{\"offset\":123,\"timestamp\":1700000000000,\"key\":\"k\",\"value\":null}\n");
    }

    @Test
    void headersKeepNullsRepeatsAndBytesThatAreNoText() {
        assertThat(encode(
                        null,
                        bytes("1"),
                        List.of(
                                new Header("a", bytes("x\"y")),
                                new Header("n", null),
                                new Header("a", bytes("z")),
                                new Header("b", BROKEN))))
                .isEqualTo("{\"offset\":123,\"timestamp\":1700000000000,\"key\":null,\"value\":1,\"headers\":"
                        + "{\"a\":[\"x\\\"y\",\"z\"],\"n\":null,\"b\":{\"base64\":\"/3g=\"}}}\n");
    }

    @Test
    void whatIsNotJsonBecomesAnErrorWithItsBytes() {
        assertThat(line("k", "{\"a\":}"))
                .isEqualTo("{\"offset\":123,\"timestamp\":1700000000000,\"key\":\"k\",\"value\":null,"
                        + "\"error\":\"the value is not JSON in UTF-8, at byte 5\",\"raw\":\"eyJhIjp9\"}\n");
        assertThat(line("k", "")).contains("\"error\":\"the value is empty\",\"raw\":\"\"}");
        assertThat(line("k", "{\"a\":1")).contains("\"error\":\"the JSON ends early, at byte 6\"");
        assertThat(line("k", "1 2")).contains("\"error\":\"more follows the JSON value, at byte 2\"");
        assertThat(line("k", "NaN")).contains("\"error\":\"the value is not JSON in UTF-8, at byte 0\"");
    }

    @Test
    void jsonInOtherEncodingsIsAnErrorAndNotSplicedIn() {
        String utf16 = new String("{}".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        assertThat(line("k", utf16)).contains("\"error\":\"the value is not JSON in UTF-8, at byte 1\"");
        assertThat(line("k", "\ufeff{}")).contains("\"error\":\"the value begins with a byte order mark\"");
        byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        assertThat(encode(bytes("k"), surrogate, List.of()))
                .contains("\"error\":\"the value is not JSON in UTF-8, at byte 1\"");
    }

    @Test
    void whatPassesTheCheckCanBeReadBackHoweverOddItIs() {
        String deep = "[".repeat(JsonCheck.MAX_DEPTH) + "]".repeat(JsonCheck.MAX_DEPTH);
        String longName = "{\"" + "n".repeat(100_000) + "\":1}";
        for (String value : List.of(
                deep,
                longName,
                "9".repeat(5000),
                "1e400",
                "{\"a\":1,\"a\":2}",
                "\"\\ud800\"",
                "\"" + "x".repeat(21_000_000) + "\"")) {
            String line = line("k", value);
            assertThat(line.length()).isGreaterThan(value.length());
            StagedLine read = StagedLine.parse(line.getBytes(StandardCharsets.UTF_8));
            assertThat(read.offset()).isEqualTo(123);
            assertThat(read.error()).isEmpty();
        }
    }

    @Test
    void keyThatIsNoTextIsKeptBesideTheValue() {
        assertThat(encode(BROKEN, bytes("1"), List.of()))
                .isEqualTo("{\"offset\":123,\"timestamp\":1700000000000,\"key\":null,\"value\":null,"
                        + "\"error\":\"the key is not UTF-8 text\",\"raw\":\"MQ==\",\"rawKey\":\"/3g=\"}\n");
    }

    @Test
    void lineBreaksBetweenTokensBecomeSpaces() {
        assertThat(line("k", "{\r\n\"a\":\n\"x\\ny\"}")).contains("\"value\":{  \"a\": \"x\\ny\"}}\n");
    }

    @Test
    void digestIsThatOfTheLinesAsSha256sumPrintsIt() {
        LineDigest digest = new LineDigest();
        digest.update(bytes("ab\n"), 0, 3);
        assertThat(digest.finish())
                .isEqualTo("sha256:a63d8014dba891345b30174df2b2a57efbb65b4f9f09b98f245d1b3192277ece");
        assertThat(digest.finish()).isEqualTo(LineDigest.ofNothing());
    }

    @Test
    void metadataThatIsWrongNamesTheLinkAndTheField() {
        LinkName name = LinkName.first(new ChainId("t", "i", 0));
        assertThatThrownBy(() -> LinkMetadata.parse(name, java.util.Map.of()))
                .isInstanceOf(MalformedLinkException.class)
                .hasMessage("link t/incarnation=i/partition=0/00000000000000000000.jsonl.gz: metadata tributary-format "
                        + "is missing");
    }

    private static String line(String key, String value) {
        return encode(bytes(key), bytes(value), List.of());
    }

    private static String encode(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        ByteBuilder out = new ByteBuilder(8);
        LineEncoder.encode(123, 1_700_000_000_000L, key, value, headers, out);
        return new String(out.toArray(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Header(String name, byte @Nullable [] bytes) implements LineHeader {}
}
