/** A real S3 server over a directory as a process of its own. */
@NullMarked
package io.tributary.sandbox.s3;

import org.jspecify.annotations.NullMarked;
