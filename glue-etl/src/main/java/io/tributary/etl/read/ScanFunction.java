package io.tributary.etl.read;

import io.tributary.etl.schema.RefusedValueException;
import io.tributary.etl.schema.ShapeReader;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;

/** Looks at every record of some links: how many there are of each sort, and what their values hold. */
public final class ScanFunction implements FlatMapFunction<Iterator<PendingLink>, ScanResult> {
    private static final long serialVersionUID = 1L;

    private final StagingLocation location;
    private final boolean keyed;

    public ScanFunction(StagingLocation location, boolean keyed) {
        this.location = location;
        this.keyed = keyed;
    }

    @Override
    public Iterator<ScanResult> call(Iterator<PendingLink> links) {
        ScanResult result = new ScanResult();
        ShapeReader shapes = new ShapeReader();
        Scan scan = new Scan(location, links, shapes, result, keyed);
        while (scan.hasNext()) {
            scan.next();
        }
        result.shape().add(shapes.shape());
        return List.of(result).iterator();
    }

    private static final class Scan extends LinkIterator<Object> {
        private final ShapeReader shapes;
        private final ScanResult result;
        private final boolean keyed;

        Scan(
                StagingLocation location,
                Iterator<PendingLink> links,
                ShapeReader shapes,
                ScanResult result,
                boolean keyed) {
            super(location, links);
            this.shapes = shapes;
            this.result = result;
            this.keyed = keyed;
        }

        @Override
        LineDecoder.OnValue onValue() {
            return (parser, line) -> {
                try {
                    shapes.read(parser, line);
                } catch (RefusedValueException refused) {
                    result.countRefused();
                }
            };
        }

        @Override
        @Nullable Object take(PendingLink link, LineDecoder record) {
            result.countRecord();
            if (record.error() != null) {
                result.countUndecoded();
            } else if (keyed && record.key() == null) {
                result.countWithoutKey();
            } else if (record.isTombstone()) {
                result.countTombstone();
            }
            return null;
        }
    }
}
