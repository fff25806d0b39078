/** The pipeline's processes on one machine: their places, ports, secrets and configuration files. */
@NullMarked
package io.tributary.sandbox.cli.stack;

import org.jspecify.annotations.NullMarked;
