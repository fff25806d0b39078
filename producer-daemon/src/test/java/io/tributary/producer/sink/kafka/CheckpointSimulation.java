package io.tributary.producer.sink.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.checkpoint.PublishedCount;
import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.producer.sink.kafka.SimulatedKafka.Entry;
import io.tributary.producer.sink.kafka.SimulatedKafka.Fate;
import io.tributary.testing.simulation.Schedule;
import io.tributary.testing.simulation.Step;
import io.tributary.testing.simulation.Vocabulary;
import io.tributary.testing.simulation.Vocabulary.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of a schedule. Confined to one thread. */
final class CheckpointSimulation {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final Vocabulary<CheckpointAct, Fate> VOCABULARY =
            new Vocabulary<>(CheckpointAct.class, Fate.class, new Limits(3, 5, 20, 80));
    private static final int DRAINING_STEPS = 100;

    private final SimulatedKafka kafka;
    private final CheckpointMutant mutant;
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private int started;

    private CheckpointSimulation(CheckpointMutant mutant) {
        this.kafka = new SimulatedKafka(mutant == CheckpointMutant.CHECKPOINT_OUTSIDE_TRANSACTION);
        this.mutant = mutant;
    }

    /** Runs a schedule and tells the first violation of an invariant, if there is one. */
    static Optional<String> run(Schedule<CheckpointAct, Fate> schedule, CheckpointMutant mutant) {
        return new CheckpointSimulation(mutant).run(schedule.steps());
    }

    private Optional<String> run(List<Step<CheckpointAct, Fate>> steps) {
        for (int at = 0; at < steps.size(); at++) {
            long before = kafka.changes();
            take(steps.get(at));
            Optional<String> wrong = kafka.changes() == before ? Optional.empty() : violation();
            if (wrong.isPresent()) {
                return Optional.of("after step " + (at + 1) + " (" + steps.get(at) + "): " + wrong.get());
            }
        }
        return drain().map(wrong -> "in the end: " + wrong);
    }

    private void take(Step<CheckpointAct, Fate> step) {
        int amount = step.amount();
        switch (step.kind()) {
            case START -> start();
            case CRASH -> processes.remove(process(step));
            case OPEN -> process(step).open(step.fate(), amount);
            case APPEND -> process(step).append(amount, step.fate());
            case COMMIT -> process(step).commit(step.fate(), amount);
            case ARRIVE -> kafka.arrive(amount);
            case EXPIRE -> kafka.expireTransactions();
            case COMPACT -> kafka.compact();
            case OTHER -> kafka.otherSource();
        }
        processes.removeIf(process -> !process.alive());
    }

    private SimulatedProcess start() {
        SimulatedProcess process = new SimulatedProcess(kafka, mutant, started++);
        processes.add(process);
        return process;
    }

    private SimulatedProcess process(Step<CheckpointAct, Fate> step) {
        return processes.isEmpty() ? start() : processes.get(step.who() % processes.size());
    }

    /** One last process, whom all answers reach, publishes the rest; then the zombies try once more. */
    private Optional<String> drain() {
        kafka.endOtherSource();
        SimulatedProcess last = start();
        for (int step = 0; step < DRAINING_STEPS && !last.done(); step++) {
            if (mutant == CheckpointMutant.NO_FENCE) {
                kafka.expireTransactions();
            }
            last.open(Fate.ANSWERED, 5);
            last.append(5, Fate.ANSWERED);
            last.commit(Fate.ANSWERED, 0);
        }
        for (SimulatedProcess zombie : processes) {
            zombie.append(1, Fate.ANSWERED);
            zombie.commit(Fate.ANSWERED, 0);
        }
        for (int late = 0; late < 20; late++) {
            kafka.arrive(0);
        }
        int published = kafka.committedData().size();
        return violation()
                .or(() -> published == SimulatedProcess.RECORDS
                        ? Optional.empty()
                        : Optional.of(published + " records are published"));
    }

    /** Each record once and in order; the checkpoint says exactly what is published. */
    private Optional<String> violation() {
        List<Entry> data = kafka.committedData();
        long[] counts = new long[2];
        for (int at = 0; at < data.size(); at++) {
            Entry entry = data.get(at);
            int record = Integer.parseInt(new String(entry.value, StandardCharsets.UTF_8));
            if (record != at) {
                return Optional.of("record " + record + " is published where " + at + " should be");
            }
            counts[entry.partition]++;
        }
        Optional<byte[]> found = kafka.latest(SimulatedProcess.SOURCE);
        if (found.isEmpty()) {
            return data.isEmpty()
                    ? Optional.empty()
                    : Optional.of(data.size() + " records are published and there is no checkpoint");
        }
        SourceCheckpoint checkpoint = SourceCheckpoint.decode(found.get());
        int part = number(kafka.latest(SimulatedProcess.SOURCE + "/f").orElseThrow());
        if (checkpoint.position().asInt() != data.size() || part != data.size()) {
            return Optional.of(data.size() + " records are published, the checkpoint says " + checkpoint.position()
                    + ", its part " + part);
        }
        for (PublishedCount count : checkpoint.published()) {
            if (count.records() != counts[count.partition()]) {
                return Optional.of(count + ", but " + counts[count.partition()] + " are there");
            }
        }
        return Optional.empty();
    }

    private static int number(byte[] json) {
        try {
            return MAPPER.readTree(json).asInt();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
