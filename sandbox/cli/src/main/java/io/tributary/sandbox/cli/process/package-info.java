/** Child processes: starting them, knowing that they serve, starting them again when they die, ending them. */
@NullMarked
package io.tributary.sandbox.cli.process;

import org.jspecify.annotations.NullMarked;
