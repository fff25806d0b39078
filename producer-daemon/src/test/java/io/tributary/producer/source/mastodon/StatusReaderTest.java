package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final String LEAST = """
            {"id":"1","uri":"https://a.example/1","created_at":"2026-11-20T08:50:00.123Z","visibility":"public",
            "content":"<p>x</p>","account":{"id":"1"}}""";

    private final StatusReader reader = new StatusReader(new StatusReader.Respect(true, true));

    @Test
    void everyRecordedStatusIsReadAndNothingOfItIsLost() {
        for (String recording : Recordings.STATUSES) {
            for (JsonNode status : Recordings.statuses(recording)) {
                Reading reading = reader.read(status);
                assertThat(reading).as("%s", status).isInstanceOf(Reading.Status.class);
                ObjectNode record = StatusRecord.of((Reading.Status) reading, "i", NOW, "post");
                status.properties().forEach(field -> {
                    String name = field.getKey().equals("text") ? "instance_text" : field.getKey();
                    assertThat(record.get(name)).isEqualTo(field.getValue());
                });
                assertThat(record.path("text").asText()).doesNotContain("<p>");
            }
        }
    }

    @Test
    void thePlainTextIsThatWhichTheAuthorTyped() {
        long same = 0;
        List<JsonNode> statuses = Recordings.statuses("gotosocial-0.20-statuses.ndjson");
        for (JsonNode status : statuses) {
            String typed = status.path("text").asText().strip();
            same += StatusText.of(status.path("content").asText()).equals(typed) ? 1 : 0;
        }
        assertThat(same).isGreaterThan(statuses.size() * 8L / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "115000000000001000",
                "AbCdEf123ZzxQ",
                "01M7W3SCN5DZK22WWDPSKJC8RA",
                "0192f0e1-9a4e-7cc3-98c4-dc0c0c07398f",
                "17951657930d66975fe39b42d5e801174e784726e4"
            })
    void idsAreOpaque(String id) {
        assertThat(status(with("\"id\":\"1\"", "\"id\":\"" + id + "\"")).id()).isEqualTo(id);
    }

    @Test
    void anIdMayBeANumber() {
        assertThat(status(with("\"id\":\"1\"", "\"id\":106")).id()).isEqualTo("106");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T08:50:00.123Z, 2026-11-20T08:50:00.123Z",
        "2026-11-20T08:50:00Z, 2026-11-20T08:50:00Z",
        "2026-11-20T08:50:00.123456Z, 2026-11-20T08:50:00.123456Z",
        "2026-11-20T09:50:00+01:00, 2026-11-20T08:50:00Z"
    })
    void timesHaveAnyFraction(String written, Instant meant) {
        assertThat(status(with("2026-11-20T08:50:00.123Z", written)).created()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                | is not a JSON object
            {"id":"1"                         | is not JSON: Unexpected end-of-input
            {"id":"1","id":"2"}               | is not JSON: Duplicate field 'id'
            {}                                | has no id of 1 to 512 characters
            {"id":{}}                         | has no id of 1 to 512 characters
            {"id":"1"}                        | has no uri of 1 to 2048 characters
            {"id":"1","uri":"u"}              | created_at is no time: absent
            {"id":"1","uri":"u","created_at":5} | created_at is no time: 5
            {"id":"1","uri":"u","created_at":"2026-11-20T08:50:00Z","edited_at":"x"} | edited_at is no time: "x"
            {"id":"1","uri":"u","created_at":"2026-11-20T08:50:00Z","content":{}} | content is no text
            {"id":"1","uri":"u","created_at":"2026-11-20T08:50:00Z","account":"a"} | account is no object
            {"id":"1","uri":"u","created_at":"2026-11-20T08:50:00Z","account":{}} | visibility is no text
            """)
    void anUnknownShapeIsNamed(String json, String reason) {
        assertThat(reader.read(json))
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(unknown.reason()).startsWith(reason));
    }

    @Test
    void whatIsNotPublicOrNotWantedToBeFoundIsWithheld() {
        assertThat(status(LEAST).withheld()).isEmpty();
        assertThat(status(with("\"public\"", "\"unlisted\"")).withheld()).contains("visibility");
        assertThat(account("\"discoverable\":false").withheld()).contains("discoverable");
        assertThat(account("\"indexable\":false").withheld()).contains("indexable");
        assertThat(account("\"discoverable\":null,\"indexable\":true").withheld())
                .isEmpty();
        StatusReader indifferent = new StatusReader(new StatusReader.Respect(false, false));
        assertThat(((Reading.Status) indifferent.read(
                                with("{\"id\":\"1\"}", "{\"id\":\"1\",\"discoverable\":false,\"indexable\":false}")))
                        .withheld())
                .isEmpty();
    }

    @Test
    void aBoostIsNoPost() {
        assertThat(reader.read(with("\"content\"", "\"reblog\":{\"id\":\"7\"},\"content\"")))
                .isEqualTo(new Reading.Boost("1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "quote":{"state":"accepted","quoted_status":{"id":"9","uri":"https://b/9","content":"hers","account":{}}} | accepted | 9 | https://b/9
            "quote":{"state":"pending","quoted_status_id":"9"}                            | pending  | 9 |
            "quote":{"id":"9","uri":"https://b/9","content":"hers","account":{}}          |          | 9 | https://b/9
            "pleroma":{"quote":{"id":"9","uri":"https://b/9","content":"hers","account":{}},"quote_url":"https://b/9"} | | 9 | https://b/9
            "quote":null                                                                  |          |   |
            """)
    void aQuoteIsToldInAnyOfItsShapesWithoutACopyOfAnothersWords(String quote, String state, String id, String uri) {
        Reading.Status status = status(with("\"content\"", quote + ",\"content\""));
        ObjectNode record = StatusRecord.of(status, "i", NOW, "post");
        assertThat(text(record, "quote_state")).isEqualTo(Optional.ofNullable(state));
        assertThat(text(record, "quoted_id")).isEqualTo(Optional.ofNullable(id));
        assertThat(text(record, "quoted_uri")).isEqualTo(Optional.ofNullable(uri));
        assertThat(record.toString()).doesNotContain("hers");
    }

    @Test
    void numbersKeepTheirDigitsAndUnknownFieldsStay() {
        Reading.Status status = status(with("\"content\"", "\"new\":{\"a\":[1.10,12345678901234567890]},\"content\""));
        assertThat(StatusRecord.of(status, "i", NOW, "post").path("new"))
                .hasToString("{\"a\":[1.10,12345678901234567890]}");
    }

    @Test
    void theRecordSaysWhereWhenAndWhat() {
        ObjectNode record = StatusRecord.of(
                status(with("\"content\"", "\"event\":\"theirs\",\"content\"")), "a.example", NOW, "edit");
        assertThat(record.path("instance").asText()).isEqualTo("a.example");
        assertThat(record.path("observed_at").asText()).isEqualTo("2026-11-20T09:00:00Z");
        assertThat(record.path("event").asText()).isEqualTo("edit");
        assertThat(record.path("instance_event").asText()).isEqualTo("theirs");
        assertThat(record.path("text").asText()).isEqualTo("x");
    }

    private Reading.Status account(String fields) {
        return status(with("{\"id\":\"1\"}", "{\"id\":\"1\"," + fields + "}"));
    }

    private Reading.Status status(String json) {
        return (Reading.Status) reader.read(json);
    }

    private static String with(String part, String other) {
        return LEAST.replace(part, other);
    }

    private static Optional<String> text(ObjectNode record, String field) {
        return Optional.ofNullable(record.get(field)).map(JsonNode::asText);
    }
}
