/** Life cycle that the long-running programs share. */
@NullMarked
package io.tributary.daemon;

import org.jspecify.annotations.NullMarked;
