package io.tributary.consumer.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * All that is left to chance in one run, so that the same schedule always gives the same run. As text it can be kept as
 * a test.
 *
 * @param log    decides which offsets hold records and where logs begin
 * @param events what happens, in order
 */
record Schedule(long log, List<Event> events) {
    private static final int LEAST_EVENTS = 30;
    private static final int MORE_EVENTS = 120;

    Schedule {
        events = List.copyOf(events);
    }

    /** The schedule of a seed. */
    static Schedule of(long seed) {
        Random random = new Random(seed);
        int count = LEAST_EVENTS + random.nextInt(MORE_EVENTS);
        List<Event> events = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            events.add(Event.random(random));
        }
        return new Schedule(random.nextInt(1000), events);
    }

    /** The inverse of {@link #toString()}. */
    static Schedule parse(String text) {
        String[] parts = text.split(";", -1);
        return new Schedule(
                Long.parseLong(parts[0].trim()),
                Arrays.stream(parts).skip(1).map(Event::parse).collect(Collectors.toList()));
    }

    @Override
    public String toString() {
        return log + events.stream().map(event -> "; " + event).collect(Collectors.joining());
    }
}
