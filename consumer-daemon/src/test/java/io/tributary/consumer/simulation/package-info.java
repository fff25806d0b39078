/** Random schedules of several writers on one chain, with everything that can go wrong between them and the store. */
@NullMarked
package io.tributary.consumer.simulation;

import org.jspecify.annotations.NullMarked;
