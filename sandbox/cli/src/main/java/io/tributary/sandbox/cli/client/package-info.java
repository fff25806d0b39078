/** Adapters to the running servers: they alone see an SDK. */
@NullMarked
package io.tributary.sandbox.cli.client;

import org.jspecify.annotations.NullMarked;
