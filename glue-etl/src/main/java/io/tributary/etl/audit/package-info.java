/** What the lake holds, for the audit. */
@NullMarked
package io.tributary.etl.audit;

import org.jspecify.annotations.NullMarked;
