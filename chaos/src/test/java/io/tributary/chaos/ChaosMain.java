package io.tributary.chaos;

import io.tributary.testing.Folders;
import io.tributary.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Rounds of chaos, on a fresh stack every few of them. The same seed chooses the same actions; when they strike is up to
 * the machine.
 */
final class ChaosMain {
    static final int ROUNDS_OF_AN_EPOCH = 20;

    private ChaosMain() {}

    /** Runs {@code rounds seed}; exits 0 only if nothing was lost or doubled, nothing was odd, and every round ended well. */
    public static void main(String[] arguments) throws IOException {
        Tally tally = run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        System.exit(tally.problems().isEmpty() ? 0 : 1);
    }

    static Tally run(int rounds, long seed) throws IOException {
        Tally tally = new Tally();
        Path target = Files.createDirectories(ProjectRoot.path().resolve("chaos/target/chaos"));
        for (int epoch = 0; epoch * ROUNDS_OF_AN_EPOCH < rounds; epoch++) {
            Path directory = Files.createTempDirectory(target, "epoch-" + epoch + "-");
            int some = Math.min(ROUNDS_OF_AN_EPOCH, rounds - epoch * ROUNDS_OF_AN_EPOCH);
            if (epoch(epoch, some, seed, directory, tally)) {
                Folders.delete(directory);
            }
            System.out.println(tally.table());
        }
        return tally;
    }

    private static boolean epoch(int epoch, int rounds, long seed, Path directory, Tally tally) throws IOException {
        Shape shape = Shape.ofEpoch(seed, epoch);
        System.out.println("epoch " + epoch + ", seed " + seed + ": " + shape + ", logs in " + directory);
        int round = 0;
        try (Epoch stack = new Epoch(directory, shape, seed + epoch, tally)) {
            try {
                stack.warmUp();
                for (; round < rounds; round++) {
                    stack.round(new Random(seed * 1_000_003 + epoch * 1009L + round));
                }
                stack.auditText().forEach(line -> System.out.println("  " + line));
            } finally {
                stack.count();
            }
            return true;
        } catch (Exception | AssertionError failed) {
            failed.printStackTrace();
            tally.failed("epoch " + epoch + ", round " + round + ": " + failed);
            return false;
        }
    }
}
