package io.tributary.daemon.metrics.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.daemon.metrics.MetricUnit;
import io.tributary.daemon.metrics.report.Datum.Distribution;
import io.tributary.daemon.metrics.report.Datum.Statistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RequestsPropertyTest {
    @Property(tries = 200)
    void everyDatumIsSentOnceInOrderAndNoRequestIsTooLarge(
            @ForAll @Size(max = 3000) List<@IntRange(min = 0, max = 131) Integer> sizes) {
        List<Datum> datums = new ArrayList<>();
        for (int size : sizes) {
            datums.add(datum("m" + datums.size(), size));
        }
        List<List<Datum>> requests = Requests.of(datums);
        assertThat(requests.stream().flatMap(List::stream).toList()).isEqualTo(datums);
        assertThat(requests).allSatisfy(request -> {
            assertThat(request).isNotEmpty().hasSizeLessThanOrEqualTo(Requests.MOST_DATUMS);
            assertThat(request.stream().mapToInt(Requests::bytes).sum()).isLessThanOrEqualTo(Requests.MOST_BYTES);
        });
        // None could have been joined with the next.
        for (int at = 1; at < requests.size(); at++) {
            int both = requests.get(at - 1).stream().mapToInt(Requests::bytes).sum()
                    + Requests.bytes(requests.get(at).get(0));
            assertThat(both > Requests.MOST_BYTES || requests.get(at - 1).size() == Requests.MOST_DATUMS)
                    .isTrue();
        }
    }

    private static Datum datum(String name, int values) {
        Datum.Value value = values == 0
                ? new Statistics(1, 1, 1, 1)
                : new Distribution(Collections.nCopies(values, 1.0), Collections.nCopies(values, 2.0));
        return new Datum(name, MetricUnit.COUNT, Instant.EPOCH, value);
    }
}
