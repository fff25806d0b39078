package io.tributary.daemon.systemd;

import java.io.IOException;

/** The way to whoever started this process and wants to know how it is. Safe for many threads. */
interface NotifySocket {
    /**
     * Tells something.
     *
     * @param state lines of {@code NAME=value}, as in sd_notify(3)
     * @throws IOException if it could not be told
     */
    void send(String state) throws IOException;
}
