package io.tributary.consumer.it;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import io.tributary.testing.JavaProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Reaches for the threads of a daemon from outside, by the interface that every JVM has for debuggers. Not thread-safe;
 * whoever attached it closes it.
 */
final class Debugger implements AutoCloseable {
    /** What the daemon's JVM is started with. */
    static final String OPTION = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

    private static final String CONNECTOR = "com.sun.jdi.SocketAttach";
    private static final String LISTENING = "Listening for transport dt_socket at address: ";
    private static final Duration BOOT = Duration.ofSeconds(30);

    private final VirtualMachine machine;

    private Debugger(VirtualMachine machine) {
        this.machine = machine;
    }

    static Debugger attach(JavaProcess process) throws Exception {
        String line = process.awaitStdout(text -> text.startsWith(LISTENING), BOOT);
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(known -> known.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port"))
                .setValue(line.substring(LISTENING.length()).strip());
        return new Debugger(connector.attach(arguments));
    }

    /** Throws an error at a thread, wherever it is: the one that each JVM keeps for when its heap is full. */
    void kill(String name) throws Exception {
        ThreadReference thread = machine.allThreads().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        thread.stop(machine.classesByName("java.lang.OutOfMemoryError")
                .get(0)
                .instances(1)
                .get(0));
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException itEnded) {
            // Then nobody is attached to it any more.
        }
    }
}
