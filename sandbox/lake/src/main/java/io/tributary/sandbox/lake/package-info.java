/** The lake of the sandbox: its catalog and its merge, each a process of its own. */
@NullMarked
package io.tributary.sandbox.lake;

import org.jspecify.annotations.NullMarked;
