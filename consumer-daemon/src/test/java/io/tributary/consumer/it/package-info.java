/** The built jar as a process, on a real Kafka broker and a real S3 server. */
@NullMarked
package io.tributary.consumer.it;

import org.jspecify.annotations.NullMarked;
