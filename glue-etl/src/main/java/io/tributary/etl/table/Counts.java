package io.tributary.etl.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.etl.EtlException;

/**
 * What became of every record that was merged into a table, in all: each is exactly one of the others than
 * {@code records}.
 *
 * @param records    records read from the chains
 * @param live       rows in the table now
 * @param superseded records with a value in whose place a later one of their key stands, or that came after a later one
 * @param tombstones records without a value
 * @param deleted    records with a value that a tombstone of their key followed
 * @param rejected   records that went to the table of rejects
 * @param filtered   records that the transform left out
 */
public record Counts(
        long records, long live, long superseded, long tombstones, long deleted, long rejected, long filtered) {
    /** Of a table without records. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /** The key in a snapshot's summary. */
    public static final String PROPERTY = "tributary.counts";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public Counts {
        if (records != live + superseded + tombstones + deleted + rejected + filtered) {
            throw new EtlException("the counts of a table do not add up: " + records + " records = " + live + " live + "
                    + superseded + " superseded + " + tombstones + " tombstones + " + deleted + " deleted + " + rejected
                    + " rejected + " + filtered + " filtered");
        }
    }

    /** These and those. */
    public Counts plus(Counts other) {
        return new Counts(
                records + other.records,
                live + other.live,
                superseded + other.superseded,
                tombstones + other.tombstones,
                deleted + other.deleted,
                rejected + other.rejected,
                filtered + other.filtered);
    }

    /** As in a snapshot's summary. */
    public String toJson() {
        ObjectNode node = MAPPER.createObjectNode()
                .put("records", records)
                .put("live", live)
                .put("superseded", superseded)
                .put("tombstones", tombstones)
                .put("deleted", deleted)
                .put("rejected", rejected)
                .put("filtered", filtered);
        return node.toString();
    }

    /** The inverse of {@link #toJson()}. */
    static Counts parse(String json) {
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new EtlException("a snapshot's " + PROPERTY + " is not JSON: " + json, malformed);
        }
        return new Counts(
                node.path("records").asLong(),
                node.path("live").asLong(),
                node.path("superseded").asLong(),
                node.path("tombstones").asLong(),
                node.path("deleted").asLong(),
                node.path("rejected").asLong(),
                node.path("filtered").asLong());
    }
}
