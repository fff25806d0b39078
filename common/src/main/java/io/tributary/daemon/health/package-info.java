/** Liveness, readiness and metrics over HTTP on loopback. */
@NullMarked
package io.tributary.daemon.health;

import org.jspecify.annotations.NullMarked;
