/** The merge against a real S3 server, a real catalog and Spark in this process. */
@NullMarked
package io.tributary.etl;

import org.jspecify.annotations.NullMarked;
