package io.tributary.etl.read;

import io.tributary.etl.schema.Shape;
import java.io.Serializable;

/**
 * What a look at some links' records found. Mutable while it is filled, by one thread.
 */
public final class ScanResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Shape shape = new Shape();
    private long records;
    private long tombstones;
    private long undecoded;
    private long withoutKey;
    private long refused;

    void countRecord() {
        records++;
    }

    void countTombstone() {
        tombstones++;
    }

    void countUndecoded() {
        undecoded++;
    }

    void countWithoutKey() {
        withoutKey++;
    }

    void countRefused() {
        refused++;
    }

    /** Adds another result to this one. */
    public void add(ScanResult other) {
        shape.add(other.shape);
        records += other.records;
        tombstones += other.tombstones;
        undecoded += other.undecoded;
        withoutKey += other.withoutKey;
        refused += other.refused;
    }

    /** What the values hold. */
    public Shape shape() {
        return shape;
    }

    /** Records that were not merged yet. */
    public long records() {
        return records;
    }

    /** Those that have no value and a key (in append: that have no value). */
    public long tombstones() {
        return tombstones;
    }

    /** Those that were staged as undecodable. */
    public long undecoded() {
        return undecoded;
    }

    /** Those that lack the key which an upsert needs. */
    public long withoutKey() {
        return withoutKey;
    }

    /** Those whose value no schema can take. */
    public long refused() {
        return refused;
    }
}
