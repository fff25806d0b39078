package io.tributary.chaos;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Starts members again that have ended, as systemd would. Its own thread does; closing waits for it. */
final class Keeper implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Member> members;
    private final Tally tally;

    @SuppressWarnings("FutureReturnValueIgnored") // look() passes on whatever is thrown
    Keeper(List<Member> members, Tally tally) {
        this.members = List.copyOf(members);
        this.tally = tally;
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (Member member : members) {
            try {
                member.reviveIfDead().ifPresent(end -> tally.restarted(member, end));
            } catch (RuntimeException | Error failed) {
                tally.odd("the keeper failed on " + member + ": " + failed);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        Supplier<String> late = () -> "the keeper does not end";
        try {
            if (!thread.awaitTermination(2, TimeUnit.MINUTES)) {
                tally.odd(late.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
