/** Tests. */
@NullMarked
package io.tributary.sandbox.lake;

import org.jspecify.annotations.NullMarked;
