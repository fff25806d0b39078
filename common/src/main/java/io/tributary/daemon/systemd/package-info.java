/** What systemd is told of a daemon: that it is up, how it is, and that it still works. */
@NullMarked
package io.tributary.daemon.systemd;

import org.jspecify.annotations.NullMarked;
