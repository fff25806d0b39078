package io.tributary.etl;

import io.tributary.etl.merge.Merges;
import java.util.List;

/** Some tables could not be merged. The message names each and says why; the report says what was merged all the same. */
public final class MergesFailedException extends EtlException {
    private static final long serialVersionUID = 1L;

    private final transient MergeReport report;

    MergesFailedException(MergeReport report, List<Merges.Failed> failures) {
        super(message(failures), failures.get(0).cause());
        this.report = report;
        failures.stream().skip(1).forEach(failure -> addSuppressed(failure.cause()));
    }

    private static String message(List<Merges.Failed> failures) {
        List<String> each = failures.stream()
                .map(failure -> failure.table() + ": " + failure.reason())
                .toList();
        return each.size() + (each.size() == 1 ? " table" : " tables") + " could not be merged: "
                + String.join("; ", each);
    }

    /** What was merged. */
    public MergeReport report() {
        return report;
    }
}
