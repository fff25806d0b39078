package io.tributary.consumer.encode;

import io.tributary.staging.ByteBuilder;
import io.tributary.staging.LineEncoder;

/** Consecutive records of one link, not yet encoded. Handed from the thread that read them to one that encodes them. */
public interface RecordBlock {
    /** How many records there are. */
    int size();

    /** About how much memory they hold. */
    long heldBytes();

    /** Appends one record's line. */
    LineEncoder.Outcome encode(int index, ByteBuilder out);
}
