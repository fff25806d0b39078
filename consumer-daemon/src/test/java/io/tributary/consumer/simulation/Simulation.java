package io.tributary.consumer.simulation;

import io.tributary.testing.simulation.Schedule;
import io.tributary.testing.simulation.Step;
import io.tributary.testing.simulation.Vocabulary;
import io.tributary.testing.simulation.Vocabulary.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One run of a schedule. Confined to one thread. */
final class Simulation {
    static final int MOST = 20;
    static final Vocabulary<Kind, Fate> VOCABULARY =
            new Vocabulary<>(Kind.class, Fate.class, new Limits(4, MOST, 30, 150));
    private static final int DRAINING_STEPS = 200;

    private final World world;
    private final Mutant mutant;
    private final Deque<Step<Kind, Fate>> steps = new ArrayDeque<>();
    private final List<SimulatedWriter> writers = new ArrayList<>();

    private Simulation(Schedule<Kind, Fate> schedule, Mutant mutant) {
        this.world = new World(schedule.setting(), mutant != Mutant.UNCONDITIONAL_PUT);
        this.mutant = mutant;
    }

    /** Runs a schedule and tells the first violation of an invariant, if there is one. */
    static Optional<String> run(Schedule<Kind, Fate> schedule, Mutant mutant) {
        try {
            return new Simulation(schedule, mutant).run(schedule.steps());
        } catch (IllegalStateException ownCheck) {
            return Optional.of("a writer stopped itself: " + ownCheck.getMessage());
        }
    }

    private Optional<String> run(List<Step<Kind, Fate>> all) {
        steps.addAll(all);
        while (!steps.isEmpty()) {
            int number = 1 + all.size() - steps.size();
            Step<Kind, Fate> step = steps.remove();
            Optional<String> wrong = checked(step);
            if (wrong.isPresent()) {
                return Optional.of("after step " + number + " (" + step + "): " + wrong.get());
            }
        }
        return drain().map(wrong -> "in the end: " + wrong);
    }

    /** Something happens while someone is in the middle of something else. */
    private void between() {
        Step<Kind, Fate> step = steps.poll();
        if (step != null && world.violation.isEmpty()) {
            world.violation = checked(step);
        }
    }

    private Optional<String> checked(Step<Kind, Fate> step) {
        long before = world.store.writes();
        take(step);
        if (world.violation.isPresent()) {
            return world.violation;
        }
        return world.store.writes() == before ? world.violation : Invariants.always(world);
    }

    private void take(Step<Kind, Fate> step) {
        int amount = step.amount();
        switch (step.kind()) {
            case PRODUCE -> world.produce(amount);
            case ASSIGN -> writers.add(new SimulatedWriter(world, mutant, amount % 4 == 3));
            case CRASH -> writers.remove(writer(step));
            case POLL -> writer(step).poll(amount, step.fate());
            case CUT -> writer(step).cut(amount);
            case PUT -> writer(step).put(amount, step.fate());
            case ARRIVE -> world.store.arrive(amount);
            case MEDDLE -> world.meddle(amount);
            case SKIP -> world.skip(amount, step.fate());
            case REPLAY -> world.store.replay(world.log().chain, amount);
            case SWITCH -> new SimulatedSwitch(world, mutant, step, this::between).run();
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

    private SimulatedWriter writer(Step<Kind, Fate> step) {
        if (writers.isEmpty()) {
            writers.add(new SimulatedWriter(world, mutant, false));
        }
        return writers.get(step.who() % writers.size());
    }

    /** One last writer, whom all answers reach, reads all that is left and is stopped; the others go on for a while. */
    private Optional<String> drain() {
        world.log().end = World.END;
        SimulatedWriter last = new SimulatedWriter(world, mutant, false);
        for (int step = 0; step < DRAINING_STEPS && !last.drained(); step++) {
            last.poll(MOST, Fate.ANSWERED);
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
