/** The store of staged objects as the writer needs it. No AWS types; see the adapters beneath. */
@NullMarked
package io.tributary.consumer.store;

import org.jspecify.annotations.NullMarked;
