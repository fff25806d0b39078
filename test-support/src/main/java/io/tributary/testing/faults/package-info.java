/** A real S3 server behind a proxy that breaks requests and answers on purpose. */
@NullMarked
package io.tributary.testing.faults;

import org.jspecify.annotations.NullMarked;
