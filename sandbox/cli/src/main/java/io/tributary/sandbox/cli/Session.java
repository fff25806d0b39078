package io.tributary.sandbox.cli;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.process.DataLock;
import io.tributary.sandbox.cli.process.Leftovers;
import io.tributary.sandbox.cli.process.Patience;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Stack;
import io.tributary.sandbox.cli.stack.Workspace;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A data directory taken by this command, and the stack that it runs there. Closing may happen on any thread; all else
 * belongs to the command's.
 */
final class Session implements AutoCloseable {
    private final Workspace workspace;
    private final DataLock lock;
    private final Stack stack;

    private Session(Workspace workspace, DataLock lock, Stack stack) {
        this.workspace = workspace;
        this.lock = lock;
        this.stack = stack;
    }

    /**
     * Takes the directory, and ends what a killed command left there.
     *
     * @return empty if another command has it
     */
    static Optional<Session> take(Installation installation, Workspace workspace, String command, Console console)
            throws CommandFailure, IOException {
        Optional<DataLock> lock = DataLock.take(workspace.run(), command);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        int ended = Leftovers.end(workspace.root(), workspace.run());
        Endpoints.forget(workspace);
        workspace.clearTemporary();
        if (ended > 0) {
            console.line("  ended " + (ended == 1 ? "1 process" : ended + " processes")
                    + " that an interrupted command had left");
        }
        Stack stack = Stack.prepare(installation, workspace, MonotonicClock.system(), console::note);
        return Optional.of(new Session(workspace, lock.get(), stack));
    }

    /** Takes the directory, or says who has it. */
    static Session require(Installation installation, Workspace workspace, String command, Console console)
            throws CommandFailure, IOException {
        Optional<Session> session = take(installation, workspace, command, console);
        if (session.isEmpty()) {
            throw CommandFailure.failed("data directory " + workspace.root() + " is in use by "
                    + DataLock.holder(workspace.run()) + "; wait for it, stop it, or choose another with --data DIR");
        }
        return session.get();
    }

    Workspace workspace() {
        return workspace;
    }

    Stack stack() {
        return stack;
    }

    /**
     * Does the command's work and stops the stack, all of it guarded: Ctrl-C or SIGTERM stops the stack in order.
     *
     * @param interrupted what to say then
     * @param exitCode    what to end with then
     */
    <T> T guarded(Runnable interrupted, int exitCode, Callable<T> work) throws Exception {
        try (Interruption interruption = Interruption.watch(this, interrupted, exitCode)) {
            try {
                return work.call();
            } catch (Exception failure) {
                Interruption.holdIfStopping();
                throw failure;
            } finally {
                close();
            }
        }
    }

    Patience patience() {
        return new Patience(stack.supervisor());
    }

    @Override
    public void close() throws IOException {
        stack.close();
        lock.close();
    }
}
