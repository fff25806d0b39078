package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.Backoff;
import io.tributary.daemon.MonotonicClock;
import io.tributary.producer.sink.InMemorySink;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceProgress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ProducerDaemonPropertyTest {
    private static final Backoff AT_ONCE = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));

    @Property(tries = 200)
    void everyRecordIsCommittedOnceWhateverFails(
            @ForAll long seed, @ForAll @IntRange(max = 300) int records, @ForAll @IntRange(min = 1, max = 40) int batch)
            throws Exception {
        Random random = new Random(seed);
        InMemorySink sink = new InMemorySink(step -> {
            int odds = step == InMemorySink.Step.APPEND ? 200 : 6;
            if (random.nextInt(odds) == 0) {
                throw new SinkException(SinkException.Remedy.WAIT, "injected at " + step);
            }
        });
        daemon(sink, records, batch, new Random(seed + 1)).run();
        assertThat(sink.committed())
                .extracting(item -> new String(((SourceItem.Row) item).value(), StandardCharsets.UTF_8))
                .isEqualTo(
                        IntStream.range(0, records).mapToObj(Integer::toString).toList());
    }

    @Example
    void aFailureWithoutRemedyEndsIt() {
        InMemorySink sink = new InMemorySink(step -> {
            throw new SinkException(SinkException.Remedy.NONE, "shut out");
        });
        assertThatThrownBy(() -> daemon(sink, 1, 1, new Random(1)).run()).hasMessage("shut out");
    }

    @Example
    void aFailureThatDoesNotGoAwayEndsItAtLast() {
        InMemorySink sink = new InMemorySink(step -> {
            throw new SinkException(SinkException.Remedy.REOPEN, "odd");
        });
        assertThatThrownBy(() -> daemon(sink, 1, 1, new Random(1)).run()).hasMessage("odd");
    }

    @Example
    void stoppingCommitsWhatHasAPosition() throws Exception {
        InMemorySink sink = new InMemorySink(step -> {});
        ProducerDaemon daemon = daemon(sink, 1_000_000_000, 1000, new Random(1));
        Thread stopper = new Thread(daemon::stop);
        stopper.start();
        daemon.run();
        stopper.join();
        List<SourceItem> committed = sink.committed();
        for (int at = 0; at < committed.size(); at++) {
            assertThat(((SourceItem.Row) committed.get(at)).value())
                    .isEqualTo(Integer.toString(at).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ProducerDaemon daemon(InMemorySink sink, int records, int batch, Random random) {
        SourceProgress progress = new SourceProgress();
        BatchBounds bounds = new BatchBounds(batch, 1 << 20, Duration.ofSeconds(1));
        return new ProducerDaemon(
                new ProducerDaemon.Settings("test", bounds, 0, AT_ONCE),
                new ScriptedSource(records, random),
                sink,
                progress,
                new ProducerMetrics(progress),
                MonotonicClock.system(),
                new StopSignal());
    }
}
