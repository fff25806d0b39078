package io.tributary.producer.source.mastodon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SseParserPropertyTest {
    @Property(tries = 200)
    void cutsOfTheNetworkChangeNothing(@ForAll long seed) throws IOException {
        byte[] bytes = recorded("sse-capture-mastodon-4.5.7-public.raw");
        Random random = new Random(seed);
        SseParser parser = new SseParser(1 << 20);
        List<StreamMessage> messages = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
            messages.addAll(parser.take(ByteBuffer.wrap(bytes, at, length)));
            at += length;
        }
        assertThat(messages).isEqualTo(all(bytes));
    }

    @Example
    void theRecordedStreamHasItsFourEvents() throws IOException {
        List<StreamMessage> messages = all(recorded("sse-capture-mastodon-4.5.7-public.raw"));
        assertThat(messages)
                .extracting(StreamMessage::event)
                .isEqualTo(List.of("update", "update", "status.update", "delete"));
        assertThat(messages.get(0).payload()).contains("héllo 世界 🎉");
        assertThat(messages.get(3).payload()).isEqualTo("115000000000000002");
    }

    @Example
    void deletesOvertakeTheirUpdatesInTheRecording() throws IOException {
        List<StreamMessage> messages = all(recorded("sse-capture-mastodon-4.5.7-delete-overtakes-update.raw"));
        assertThat(messages.subList(0, 20)).extracting(StreamMessage::event).containsOnly("delete");
        assertThat(messages.subList(20, messages.size()))
                .isNotEmpty()
                .extracting(StreamMessage::event)
                .containsOnly("update");
    }

    @Example
    void aDisabledFeedCarriesDeletesOnly() throws IOException {
        assertThat(all(recorded("sse-capture-mastodon-4.5.7-feed-disabled-only-deletes.raw")))
                .extracting(StreamMessage::payload)
                .isEqualTo(List.of("12345678987654321", "103270115826048975", "1"));
    }

    @Example
    void lineEndsMayBeOfAnyKindAndDataOfSeveralLines() {
        assertThat(all("event: a\r\ndata: 1\r\ndata: 2\r\n\r\ndata:x\r\revent:b\ndata: 3\n\n"
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(List.of(
                        new StreamMessage("a", "1\n2"),
                        new StreamMessage("message", "x"),
                        new StreamMessage("b", "3")));
    }

    @Example
    void anEventThatWasCutOffIsNone() {
        assertThat(all("event: update\ndata: {\"id\":\"1150".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Example
    void anEventThatIsTooLongIsDroppedAndTheNextIsNot() {
        SseParser parser = new SseParser(10);
        assertThat(parser.take(ByteBuffer.wrap("data: 12345678901\n\ndata: 1\n\n".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(List.of(new StreamMessage("message", "1")));
        assertThat(parser.dropped()).isEqualTo(1);
    }

    @Example
    void socketFramesCarryAPayloadThatIsTextAgain() throws IOException {
        String recorded = new String(recorded("ws-capture-gts-0.20-public.raw"), StandardCharsets.UTF_8);
        List<StreamMessage> messages = recorded.lines()
                .flatMap(line -> SocketMessages.read(line).stream())
                .toList();
        assertThat(messages).extracting(StreamMessage::event).contains("update", "status.update", "delete");
        assertThat(messages.get(0).payload()).startsWith("{\"id\":\"01M7W3SCN5DZK22WWDPSKJC8RA\"");
        assertThat(SocketMessages.read("no json")).isEmpty();
        assertThat(SocketMessages.read("{\"payload\":\"1\"}")).isEmpty();
        assertThat(SocketMessages.read("{\"event\":\"delete\",\"payload\":106}"))
                .contains(new StreamMessage("delete", "106"));
    }

    private static List<StreamMessage> all(byte[] bytes) {
        return new SseParser(1 << 20).take(ByteBuffer.wrap(bytes));
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream in = SseParserPropertyTest.class.getResourceAsStream("/mastodon/" + name)) {
            if (in == null) {
                throw new AssertionError("no recording " + name);
            }
            return in.readAllBytes();
        }
    }
}
