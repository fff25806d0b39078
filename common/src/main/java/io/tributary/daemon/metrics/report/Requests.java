package io.tributary.daemon.metrics.report;

import java.util.ArrayList;
import java.util.List;

/** Cuts datums into requests that CloudWatch takes. Pure. */
public final class Requests {
    /** The most different numbers of one datum. */
    public static final int MOST_VALUES = 150;

    /** The most datums of one request. */
    public static final int MOST_DATUMS = 1000;

    /** The most bytes of one request; CloudWatch takes 1 MB. */
    public static final int MOST_BYTES = 1_000_000;

    /** Names, time and statistics, and three dimensions of 255 characters, each of which may be written as three. */
    private static final int DATUM_BYTES = 3_500;
    /** A number and how often it was seen, each with the name of its parameter. */
    private static final int VALUE_BYTES = 180;

    private Requests() {}

    /** The datums in their order, in as few requests as the limits allow. */
    static List<List<Datum>> of(List<Datum> datums) {
        List<List<Datum>> requests = new ArrayList<>();
        int begin = 0;
        int bytes = 0;
        for (int at = 0; at < datums.size(); at++) {
            int more = bytes(datums.get(at));
            if (at > begin && (bytes + more > MOST_BYTES || at - begin == MOST_DATUMS)) {
                requests.add(List.copyOf(datums.subList(begin, at)));
                begin = at;
                bytes = 0;
            }
            bytes += more;
        }
        if (begin < datums.size()) {
            requests.add(List.copyOf(datums.subList(begin, datums.size())));
        }
        return requests;
    }

    /** Never less than what it takes. */
    static int bytes(Datum datum) {
        return DATUM_BYTES + datum.value().size() * VALUE_BYTES;
    }
}
