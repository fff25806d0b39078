package io.tributary.daemon.systemd;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;

/**
 * systemd's own library. Java 17 has no datagrams over Unix sockets, and a helper process would need
 * {@code NotifyAccess=all}. Loaded only where there is somebody to notify. Safe for many threads.
 */
final class LibSystemd implements NotifySocket {
    private static final String FILE = "libsystemd.so.0";

    private final Functions functions;

    /** Its functions, by the names that they have in C. */
    interface Functions extends Library {
        /** See sd_notify(3): positive if it was told, negative for an error number. */
        @SuppressWarnings("checkstyle:MethodName")
        int sd_notify(int unsetEnvironment, String state);
    }

    private LibSystemd(Functions functions) {
        this.functions = functions;
    }

    /** Loads it. */
    static LibSystemd load() throws IOException {
        try {
            return new LibSystemd(Native.load(FILE, Functions.class));
        } catch (LinkageError missing) {
            throw new IOException(
                    FILE + " cannot be loaded (" + missing.getMessage()
                            + "): install systemd's library, and let jna.tmpdir be a directory that may be written and"
                            + " executed from",
                    missing);
        }
    }

    @Override
    public void send(String state) throws IOException {
        int told = functions.sd_notify(0, state);
        if (told < 0) {
            throw new IOException("sd_notify failed with error number " + -told);
        }
    }
}
