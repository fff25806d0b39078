package io.tributary.staging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class StagingPropertyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ChainId CHAIN = new ChainId("t", "i", 0);

    @Property
    void namesRoundTripAndSortByOffset(
            @ForAll @LongRange(min = 0) long left,
            @ForAll @LongRange(min = 0) long right,
            @ForAll Compression compression) {
        LinkName a = new LinkName(CHAIN, left, compression);
        LinkName b = new LinkName(CHAIN, right, compression);
        assertThat(LinkName.parse("p/q", a.key("p/q"))).contains(a);
        assertThat(Integer.signum(a.key("p").compareTo(b.key("p")))).isEqualTo(Long.compare(left, right));
    }

    @Property
    void metadataRoundTrips(@ForAll("metadata") LinkMetadata metadata) {
        assertThat(LinkMetadata.parse(new LinkName(CHAIN, 0, Compression.ZSTD), metadata.toMap()))
                .isEqualTo(metadata);
    }

    @Property
    void everyRecordBecomesOneLineThatReadsBack(
            @ForAll @LongRange(min = 0) long offset,
            @ForAll long timestamp,
            @ForAll("json") JsonNode value,
            @ForAll String key,
            @ForAll @Size(max = 3) List<String> headers)
            throws Exception {
        ByteBuilder out = new ByteBuilder(16);
        byte[] pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        List<Header> asHeaders = headers.stream()
                .map(text -> new Header("h", text.getBytes(StandardCharsets.UTF_8)))
                .toList();

        LineEncoder.Outcome outcome = LineEncoder.encode(offset, timestamp, keyBytes, pretty, asHeaders, out);

        String line = new String(out.toArray(), StandardCharsets.UTF_8);
        assertThat(outcome).isEqualTo(LineEncoder.Outcome.VALUE);
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        StagedLine parsed = StagedLine.parse(out.toArray());
        assertThat(parsed.offset()).isEqualTo(offset);
        assertThat(parsed.timestamp()).isEqualTo(timestamp);
        assertThat(parsed.key()).contains(new String(keyBytes, StandardCharsets.UTF_8));
        assertThat(parsed.value()).isEqualTo(MAPPER.readTree(pretty));
        assertThat(parsed.headers().isPresent()).isEqualTo(!headers.isEmpty());
        assertThat(parsed.error()).isEmpty();
    }

    @Property
    void anyBytesBecomeOneLineAndWhatIsNotJsonIsKeptWhole(@ForAll byte[] value, @ForAll byte[] key) {
        ByteBuilder out = new ByteBuilder(16);
        LineEncoder.Outcome outcome = LineEncoder.encode(7, 8, key, value, List.of(), out);
        StagedLine parsed = StagedLine.parse(out.toArray());
        boolean good = JsonOracle.accepts(value) && Utf8.isValid(key);
        assertThat(outcome).isEqualTo(good ? LineEncoder.Outcome.VALUE : LineEncoder.Outcome.ERROR);
        if (!good) {
            assertThat(parsed.error()).isPresent();
            assertThat(parsed.raw().orElseThrow()).isEqualTo(value);
        }
    }

    @Property
    void aReasonInAnyScriptIsReadBackFromPlainAsciiWithItsWhiteSpaceMadePlain(
            @ForAll("metadata") LinkMetadata metadata, @ForAll @StringLength(max = 80) String reason) {
        Assume.that(reason.equals(
                new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))); // no lone surrogates
        Map<String, String> map = metadata.because(reason).toMap();
        assertThat(map.get("tributary-reason")).matches("(?:[!-~]| (?! ))*").doesNotStartWith(" ");
        LinkMetadata read = LinkMetadata.parse(LinkName.first(CHAIN), map);
        assertThat(read.reason()).contains(reason.strip().replaceAll("\\s+", " "));
        assertThat(read.toMap()).isEqualTo(map);
    }

    @Property
    void chainsWithoutAMissingLinkHaveNoFaultAndWithOneHaveItNamed(
            @ForAll @Size(min = 3, max = 20) List<@IntRange(min = 1, max = 50) Integer> lengths,
            @ForAll @IntRange(min = 0, max = 1000) int pick) {
        List<Link> links = chain(lengths);
        assertThat(ChainCheck.faults(0, links)).isEmpty();

        Link missing = links.get(pick % (links.size() - 1));
        List<Link> broken = new ArrayList<>(links);
        broken.remove(missing);
        assertThat(ChainCheck.faults(0, broken))
                .containsExactly(new ChainCheck.Fault(ChainCheck.Kind.HOLE, missing.range()));
    }

    @Provide
    Arbitrary<LinkMetadata> metadata() {
        Arbitrary<Long> offsets = Arbitraries.longs().between(0, Long.MAX_VALUE / 10);
        return Combinators.combine(
                        offsets,
                        Arbitraries.of(CutReason.values()).filter(cut -> cut != CutReason.SWITCHED),
                        Arbitraries.of(Compression.values()),
                        Arbitraries.longs().optional(),
                        offsets.optional())
                .as((next, cut, compression, timestamp, began) -> new LinkMetadata(
                        next,
                        next / 2,
                        LineDigest.ofNothing(),
                        timestamp.map(first -> new LinkMetadata.Timestamps(first, first + 1)),
                        "host-1",
                        cut,
                        began.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        began.map(from -> new OffsetRange(from, from + 3)),
                        compression));
    }

    @Provide
    Arbitrary<JsonNode> json() {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                Arbitraries.longs().map(MAPPER.getNodeFactory()::numberNode),
                Arbitraries.strings().map(MAPPER.getNodeFactory()::textNode),
                Arbitraries.of(true, false).map(MAPPER.getNodeFactory()::booleanNode),
                Arbitraries.just(MAPPER.getNodeFactory().nullNode()));
        return Combinators.combine(Arbitraries.strings(), scalars, scalars)
                .as((name, left, right) -> MAPPER.createObjectNode()
                        .<JsonNode>set(name, MAPPER.createArrayNode().add(left).add(right)));
    }

    private static List<Link> chain(List<Integer> lengths) {
        List<Link> links = new ArrayList<>();
        long from = 0;
        for (int length : lengths) {
            LinkName name = new LinkName(CHAIN, from, Compression.GZIP);
            from += length;
            links.add(new Link(
                    name,
                    new LinkMetadata(
                            from,
                            length,
                            LineDigest.ofNothing(),
                            Optional.empty(),
                            "w",
                            CutReason.RECORDS,
                            OptionalLong.empty(),
                            Optional.empty(),
                            Compression.GZIP)));
        }
        return links;
    }

    private record Header(String name, byte[] bytes) implements LineHeader {}
}
