/** What every server of the sandbox does the same way: its ready line, its stop, its lock and its port. */
@NullMarked
package io.tributary.sandbox.server;

import org.jspecify.annotations.NullMarked;
