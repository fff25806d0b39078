package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.process.DataLock;
import io.tributary.sandbox.cli.process.Patience;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.SqlVisitor;
import io.tributary.sandbox.cli.stack.Stack;
import io.tributary.sandbox.cli.stack.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * The servers that a reading command needs: those of a stack that runs already, or its own, started for the one
 * question. Used by the command's thread.
 */
final class Access {
    private static final int INTERRUPTED = 130;
    private static final List<String> LASTING = List.of("tributary up", "tributary run");
    private static final int BOOTING_TRIES = 600;
    private static final long BOOTING_PAUSE_MILLIS = 100;

    private final Installation installation;
    private final Workspace workspace;
    private final Pipelines pipelines;
    private final Console console;

    Access(Installation installation, Workspace workspace, Pipelines pipelines, Console console) {
        this.installation = installation;
        this.workspace = workspace;
        this.pipelines = pipelines;
        this.console = console;
    }

    /** A question to servers. */
    interface Question<T> {
        T ask(Endpoints endpoints, Patience patience) throws Exception;
    }

    /** Asks, with servers of these kinds at hand. */
    <T> T with(String command, Set<Server> servers, Question<T> question) throws Exception {
        Optional<Session> own = Session.take(installation, workspace, command, console);
        while (own.isEmpty() && !lasting()) {
            // Its servers end with its one question: they are no good for ours.
            console.progress("wait", DataLock.holder(workspace.run()) + " is asking");
            Patience.alone().pause(BOOTING_PAUSE_MILLIS);
            own = Session.take(installation, workspace, command, console);
        }
        if (own.isEmpty()) {
            return withRunning(servers, question);
        }
        try (Session session = own.get()) {
            return guarded(session, () -> {
                Stack stack = session.stack();
                stack.start(servers, pipelines, false);
                for (Server server : servers) {
                    await(session.patience(), stack, server);
                }
                stack.publishEndpoints();
                if (servers.contains(Server.SQL)) {
                    stack.sqlServes();
                }
                return question.ask(stack.endpoints(), session.patience());
            });
        }
    }

    /** Whether who has the directory keeps its servers for longer than one question. */
    private boolean lasting() {
        String holder = DataLock.holder(workspace.run());
        return LASTING.stream().anyMatch(command -> holder.startsWith("`" + command + "`"));
    }

    private <T> T withRunning(Set<Server> servers, Question<T> question) throws Exception {
        Endpoints endpoints = running();
        if (!servers.contains(Server.SQL) || endpoints.sql().isPresent()) {
            return question.ask(endpoints, Patience.alone());
        }
        try (SqlVisitor visitor = SqlVisitor.start(installation, workspace, endpoints);
                Interruption interruption = Interruption.watch(visitor, () -> {}, INTERRUPTED)) {
            Patience patience = new Patience(visitor.supervisor());
            try {
                patience.outcome(visitor.ready(), () -> console.progress("start", "sql is starting"));
            } catch (ExecutionException e) {
                throw Patience.failure(e.getCause());
            }
            return question.ask(visitor.endpoints(), patience);
        }
    }

    /** Where the servers of the command that holds the directory answer; waits while it boots them. */
    Endpoints running() throws CommandFailure {
        Patience patience = Patience.alone();
        for (int tries = 0; tries < BOOTING_TRIES; tries++) {
            Optional<Endpoints> endpoints = Endpoints.read(workspace);
            if (endpoints.isPresent()) {
                return endpoints.get();
            }
            console.progress("wait", "another command is starting the servers");
            patience.pause(BOOTING_PAUSE_MILLIS);
        }
        throw CommandFailure.failed("data directory " + workspace.root()
                + " is in use by a command that does not get its servers up; see " + workspace.logs());
    }

    private void await(Patience patience, Stack stack, Server server) throws CommandFailure {
        try {
            patience.outcome(stack.ready(server), () -> console.progress("start", server.process() + " is starting"));
        } catch (ExecutionException e) {
            throw Patience.failure(e.getCause());
        }
    }

    private static <T> T guarded(Session session, Callable<T> work) throws Exception {
        return session.guarded(() -> {}, INTERRUPTED, work);
    }
}
