package io.tributary.consumer.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One run of a schedule. Confined to one thread. */
final class Simulation {
    private static final int DRAINING_STEPS = 200;

    private final World world;
    private final Mutant mutant;
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<SimulatedWriter> writers = new ArrayList<>();

    private Simulation(Schedule schedule, Mutant mutant) {
        this.world = new World(schedule.log(), mutant != Mutant.UNCONDITIONAL_PUT);
        this.mutant = mutant;
    }

    /** Runs a schedule and tells the first violation of an invariant, if there is one. */
    static Optional<String> run(Schedule schedule, Mutant mutant) {
        try {
            return new Simulation(schedule, mutant).run(schedule.events());
        } catch (IllegalStateException ownCheck) {
            return Optional.of("a writer stopped itself: " + ownCheck.getMessage());
        }
    }

    private Optional<String> run(List<Event> all) {
        events.addAll(all);
        while (!events.isEmpty()) {
            int step = all.size() - events.size();
            Event event = events.remove();
            Optional<String> wrong = checked(event);
            if (wrong.isPresent()) {
                return Optional.of("after step " + (step + 1) + " (" + event + "): " + wrong.get());
            }
        }
        return drain().map(wrong -> "in the end: " + wrong);
    }

    /** Something happens while someone is in the middle of something else. */
    private void between() {
        Event event = events.poll();
        if (event != null && world.violation.isEmpty()) {
            world.violation = checked(event);
        }
    }

    private Optional<String> checked(Event event) {
        long before = world.store.writes();
        step(event);
        if (world.violation.isPresent()) {
            return world.violation;
        }
        return world.store.writes() == before ? world.violation : Invariants.always(world);
    }

    private void step(Event event) {
        int amount = event.amount();
        switch (event.kind()) {
            case PRODUCE -> world.produce(amount);
            case ASSIGN -> writers.add(new SimulatedWriter(world, mutant, amount % 4 == 3));
            case CRASH -> writers.remove(writer(event));
            case POLL -> writer(event).poll(amount, event.fate());
            case CUT -> writer(event).cut(amount);
            case PUT -> writer(event).put(amount, event.fate());
            case ARRIVE -> world.store.arrive(amount);
            case MEDDLE -> world.meddle(amount);
            case SKIP -> world.skip(amount, event.fate());
            case REPLAY -> world.store.replay(world.log().chain, amount);
            case SWITCH -> new SimulatedSwitch(world, mutant, event, this::between).run();
            case EXPIRE -> world.expire(amount);
            case COMPACT -> world.compact(amount);
            case CLEAN -> {
                writers.clear();
                world.clean();
            }
            case RECREATE -> world.recreate();
            case WAIT -> world.now += 20L * amount;
        }
    }

    private SimulatedWriter writer(Event event) {
        if (writers.isEmpty()) {
            writers.add(new SimulatedWriter(world, mutant, false));
        }
        return writers.get(event.writer() % writers.size());
    }

    /** One last writer, whom all answers reach, reads all that is left and is stopped; the others go on for a while. */
    private Optional<String> drain() {
        world.log().end = World.END;
        SimulatedWriter last = new SimulatedWriter(world, mutant, false);
        for (int step = 0; step < DRAINING_STEPS && !last.drained(); step++) {
            last.poll(Event.MOST, Fate.ANSWERED);
            last.cut(1);
            last.put(1, Fate.ANSWERED);
        }
        if (!last.drained()) {
            return Optional.of("the log was not drained");
        }
        last.cut(2);
        last.put(1, Fate.ANSWERED);
        while (world.store.anyOnTheWay()) {
            world.store.arrive(0);
        }
        for (SimulatedWriter zombie : writers) {
            zombie.cut(1);
            zombie.put(1, Fate.ANSWERED);
        }
        return Invariants.always(world).or(() -> Invariants.whenDrained(world));
    }
}
