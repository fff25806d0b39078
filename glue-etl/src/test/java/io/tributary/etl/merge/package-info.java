@NullMarked
package io.tributary.etl.merge;

import org.jspecify.annotations.NullMarked;
