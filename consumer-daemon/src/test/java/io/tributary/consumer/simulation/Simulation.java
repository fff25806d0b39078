package io.tributary.consumer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One random schedule, fixed by its seed. */
final class Simulation {
    private static final int STEPS = 250;
    private static final int DRAINING_STEPS = 2000;

    private final World world;
    private final Mutant mutant;
    private final List<SimulatedWriter> writers = new ArrayList<>();

    private Simulation(long seed, Mutant mutant) {
        this.world = new World(seed);
        this.mutant = mutant;
    }

    /** Runs a schedule and tells the first violation of an invariant, if there is one. */
    static Optional<String> run(long seed, Mutant mutant) {
        return new Simulation(seed, mutant).run();
    }

    private Optional<String> run() {
        for (int step = 0; step < STEPS; step++) {
            long before = world.store.writes();
            step();
            Optional<String> wrong = world.store.writes() == before ? Optional.empty() : Invariants.always(world);
            if (wrong.isPresent()) {
                return Optional.of("step " + step + ": " + wrong.get());
            }
        }
        return drain();
    }

    private void step() {
        int choice = world.random.nextInt(1000);
        if (choice < 100) {
            world.produce();
        } else if (choice < 140) {
            // A rebalance: the partition has a new owner; the old one may go on, unaware.
            world.assignment++;
            writers.add(new SimulatedWriter(world, mutant));
        } else if (choice < 150) {
            world.meddleWithOffsets();
        } else if (choice < 165) {
            world.expire();
        } else if (choice < 168) {
            world.recreateTopic();
        } else if (choice < 180 && !world.inTheAir.isEmpty()) {
            world.inTheAir.remove(world.random.nextInt(world.inTheAir.size())).run();
        } else {
            act();
        }
    }

    private void act() {
        List<SimulatedWriter> alive =
                writers.stream().filter(SimulatedWriter::alive).collect(Collectors.toList());
        if (alive.isEmpty()) {
            world.assignment++;
            writers.add(new SimulatedWriter(world, mutant));
            return;
        }
        SimulatedWriter writer = alive.get(world.random.nextInt(alive.size()));
        switch (world.random.nextInt(33)) {
            case 0 -> writer.crash();
            case 1, 2, 3, 4, 5, 6, 7, 8 -> writer.cut();
            case 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 -> writer.put();
            default -> writer.poll(1 + world.random.nextInt(20));
        }
    }

    /** Lets one writer after the other finish, each until it crashes. */
    private Optional<String> drain() {
        world.log().end = World.END;
        SimulatedWriter writer = new SimulatedWriter(world, mutant);
        for (int step = 0; step < DRAINING_STEPS && !writer.drained(); step++) {
            writer.poll(20);
            writer.cut();
            writer.put();
            if (!writer.alive()) {
                world.assignment++;
                writer = new SimulatedWriter(world, mutant);
            }
        }
        Optional<String> wrong = Invariants.always(world);
        if (wrong.isPresent()) {
            return wrong;
        }
        return writer.drained() ? Invariants.whenDrained(world) : Optional.of("the log was not drained");
    }
}
