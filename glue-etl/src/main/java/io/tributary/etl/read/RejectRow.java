package io.tributary.etl.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A row of the table of rejects: the record, whole, and why it was refused. Stateless. */
public final class RejectRow {
    /** The columns of the table, in order. */
    public static final StructType SCHEMA = new StructType()
            .add("stage", DataTypes.StringType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("source", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("raw", DataTypes.StringType)
            .add("raw_encoding", DataTypes.StringType)
            .add("timestamp", DataTypes.TimestampType)
            .add("_incarnation", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("raw_key", DataTypes.StringType)
            .add("headers", DataTypes.StringType)
            .add("part", DataTypes.IntegerType)
            .add("parts", DataTypes.IntegerType);

    /** Refused by a source, before it was published. */
    public static final String SOURCE = "source";
    /** Not decodable. */
    public static final String DECODE = "decode";
    /** Refused by a rule. */
    public static final String TRANSFORM = "transform";
    /** Not fit for the table. */
    public static final String MERGE = "merge";

    private static final String UTF8 = "utf-8";
    private static final String BASE64 = "base64";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RejectRow() {}

    /** The row of a record that a source refused: its value is a description of what was refused. */
    static Row fromSource(PendingLink link, LineDecoder record) {
        JsonNode reject = read(record.valueText());
        if (!reject.path("reason").isTextual()) {
            return record.error() == null
                    ? of(DECODE, link, record, "the record of a reject lacks its reason")
                    : undecoded(link, record);
        }
        String file = reject.path("source").asText("");
        String source = reject.has("line") ? file + ":" + reject.path("line").asText() : file;
        return row(
                SOURCE,
                link,
                record,
                source,
                reject.path("reason").asText(),
                reject.path("raw").isTextual() ? reject.path("raw").asText() : null,
                reject.path("rawEncoding").asText(UTF8),
                reject.path("part").asInt(1),
                reject.path("parts").asInt(1));
    }

    /** The row of a record that was staged as undecodable. */
    static Row undecoded(PendingLink link, LineDecoder record) {
        String error = record.error();
        return row(
                DECODE,
                link,
                record,
                sourceOf(record),
                error == null ? "" : error,
                record.raw(),
                record.raw() == null ? null : BASE64,
                1,
                1);
    }

    /** The row of a record that was decoded and is refused now. */
    static Row of(String stage, PendingLink link, LineDecoder record, String reason) {
        String raw = record.valueText();
        return row(stage, link, record, sourceOf(record), reason, raw, raw == null ? null : UTF8, 1, 1);
    }

    private static Row row(
            String stage,
            PendingLink link,
            LineDecoder record,
            @Nullable String source,
            String reason,
            @Nullable String raw,
            @Nullable String encoding,
            int part,
            int parts) {
        return RowFactory.create(
                stage,
                link.topic(),
                link.partition(),
                record.offset(),
                source,
                reason,
                raw,
                encoding,
                Instant.ofEpochMilli(record.timestamp()),
                link.incarnation(),
                record.key(),
                record.rawKey(),
                record.headers(),
                part,
                parts);
    }

    /** File and record number, where the record's headers tell. */
    private static @Nullable String sourceOf(LineDecoder record) {
        String headers = record.headers();
        if (headers == null) {
            return null;
        }
        JsonNode node = read(headers);
        String file = node.path("tributary-file").asText("");
        String ordinal = node.path("tributary-ordinal").asText("");
        if (file.isEmpty()) {
            return node.path("tributary-source").isTextual()
                    ? node.path("tributary-source").asText()
                    : null;
        }
        return ordinal.isEmpty() ? file : file + "#" + ordinal;
    }

    private static JsonNode read(@Nullable String json) {
        try {
            return json == null ? MAPPER.missingNode() : MAPPER.readTree(json);
        } catch (IOException notJson) {
            return MAPPER.missingNode();
        }
    }
}
