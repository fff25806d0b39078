/**
 * The chain as its writer sees it: when to close a link, what it is called, what to do when its name is taken, where to
 * go on after a restart. Pure: no Kafka, no S3, no threads, no clock.
 */
@NullMarked
package io.tributary.consumer.chain;

import org.jspecify.annotations.NullMarked;
