/** The whole pipeline as real processes, under load and under fire, and what arrives of it. */
@NullMarked
package io.tributary.chaos;

import org.jspecify.annotations.NullMarked;
