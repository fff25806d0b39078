/** What the merge is told: where staging and the catalog are, which tables there are and how they are made. */
@NullMarked
package io.tributary.etl.config;

import org.jspecify.annotations.NullMarked;
