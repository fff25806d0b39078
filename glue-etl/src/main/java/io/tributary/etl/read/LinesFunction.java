package io.tributary.etl.read;

import com.fasterxml.jackson.core.JsonParser;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Makes a row of rejects of every record, as it is: of what a source refused, or for a rule to choose from. */
public final class LinesFunction implements FlatMapFunction<Iterator<PendingLink>, Row> {
    private static final long serialVersionUID = 1L;

    private final StagingLocation location;
    private final boolean fromSource;

    /**
     * A function.
     *
     * @param fromSource whether the records are descriptions of what a source refused
     */
    public LinesFunction(StagingLocation location, boolean fromSource) {
        this.location = location;
        this.fromSource = fromSource;
    }

    @Override
    public Iterator<Row> call(Iterator<PendingLink> links) {
        return new Lines(location, links, fromSource);
    }

    private static final class Lines extends LinkIterator<Row> {
        private final boolean fromSource;

        Lines(StagingLocation location, Iterator<PendingLink> links, boolean fromSource) {
            super(location, links);
            this.fromSource = fromSource;
        }

        @Override
        LineDecoder.OnValue onValue() {
            return (parser, line) -> skip(parser);
        }

        private static void skip(JsonParser parser) throws java.io.IOException {
            parser.skipChildren();
        }

        @Override
        @Nullable Row take(PendingLink link, LineDecoder record) {
            return fromSource
                    ? RejectRow.fromSource(link, record)
                    : RejectRow.of(RejectRow.TRANSFORM, link, record, "");
        }
    }
}
