package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/** Reads statuses of all dialects. What the API calls optional may be absent, and what it calls text may be a number. Pure. */
final class StatusReader {
    /** Keeps every digit of every number, and refuses what has a field twice. */
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int LONGEST_URI = 2_048;
    private static final int LONGEST_ID = 512;
    private static final int DIGEST_BYTES = 9;

    private final Respect respect;

    StatusReader(Respect respect) {
        this.respect = respect;
    }

    /**
     * Which wishes of authors count.
     *
     * @param discoverable posts of those who are not to be discovered stay out
     * @param indexable    posts of those who are not to be found by searching stay out
     */
    record Respect(boolean discoverable, boolean indexable) {}

    /** Reads the JSON text of a status. */
    Reading read(String json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException malformed) {
            return new Reading.Unknown("", "is not JSON: " + malformed.getOriginalMessage());
        }
    }

    /** Reads a status. */
    Reading read(JsonNode json) {
        if (!(json instanceof ObjectNode status)) {
            return new Reading.Unknown("", "is not a JSON object");
        }
        String id = scalar(status.path("id"));
        if (status.path("reblog").isObject()) {
            return new Reading.Boost(id);
        }
        String uri = scalar(status.path("uri"));
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return new Reading.Unknown("", "has no id of 1 to " + LONGEST_ID + " characters");
        }
        if (uri.isEmpty() || uri.length() > LONGEST_URI) {
            return new Reading.Unknown(id, "has no uri of 1 to " + LONGEST_URI + " characters");
        }
        Optional<Instant> created = moment(status.path("created_at"));
        if (created.isEmpty()) {
            return new Reading.Unknown(id, "created_at is no time: " + shown(status.path("created_at")));
        }
        Optional<Instant> edited = moment(status.path("edited_at"));
        if (edited.isEmpty() && isSomething(status.path("edited_at"))) {
            return new Reading.Unknown(id, "edited_at is no time: " + shown(status.path("edited_at")));
        }
        JsonNode content = status.path("content");
        if (!content.isTextual() && isSomething(content)) {
            return new Reading.Unknown(id, "content is no text");
        }
        if (!status.path("account").isObject()) {
            return new Reading.Unknown(id, "account is no object");
        }
        if (!status.path("visibility").isTextual()) {
            return new Reading.Unknown(id, "visibility is no text");
        }
        return new Reading.Status(uri, id, created.get(), edited, digest(status), withheld(status), status);
    }

    private Optional<String> withheld(ObjectNode status) {
        String visibility = status.path("visibility").asText();
        if (!visibility.equals("public")) {
            return Optional.of("visibility");
        }
        JsonNode account = status.path("account");
        // Absent, or null, is no objection.
        if (respect.discoverable() && isFalse(account.path("discoverable"))) {
            return Optional.of("discoverable");
        }
        return respect.indexable() && isFalse(account.path("indexable")) ? Optional.of("indexable") : Optional.empty();
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    static boolean isSomething(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    static String scalar(JsonNode node) {
        return node.isTextual() || node.isNumber() ? node.asText() : "";
    }

    /** A time with or without a fraction; UTC where it names no offset. */
    static Optional<Instant> moment(JsonNode node) {
        if (!node.isTextual()) {
            return Optional.empty();
        }
        String text = node.textValue();
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noOffset) {
            try {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException noTime) {
                return Optional.empty();
            }
        }
    }

    /** Of what the author wrote, not of what changes by itself: counters, avatars, previews. */
    private static String digest(ObjectNode status) {
        StringBuilder written = new StringBuilder(
                        StatusText.of(status.path("content").asText("")))
                .append('\0')
                .append(scalar(status.path("spoiler_text")))
                .append('\0')
                .append(status.path("sensitive").asBoolean());
        for (JsonNode media : status.path("media_attachments")) {
            written.append('\0').append(scalar(media.path("id"))).append(' ').append(scalar(media.path("description")));
        }
        for (JsonNode option : status.path("poll").path("options")) {
            written.append('\0').append(scalar(option.path("title")));
        }
        return digest(written.toString());
    }

    /** A short digest of a text. */
    static String digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.isEmpty() ? "absent" : text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
