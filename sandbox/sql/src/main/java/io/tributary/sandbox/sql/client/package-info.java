/** Asks a Trino server over HTTP; needs the JDK and Jackson, nothing of Trino's. */
@NullMarked
package io.tributary.sandbox.sql.client;

import org.jspecify.annotations.NullMarked;
