package io.tributary.producer.source.dataset;

import io.tributary.producer.source.dataset.record.RecordReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns one record after the other into what is published. Confined to one thread. */
interface RowFormat {
    /** Reads the record. Returns why it is refused, or nothing; then {@link #value} and {@link #key} are its own. */
    Optional<String> read(RecordReader row);

    byte[] value();

    byte @Nullable [] key();
}
