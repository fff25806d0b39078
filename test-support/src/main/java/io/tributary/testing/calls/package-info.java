/** What a program asks of AWS and of Kafka, written down while it runs: what its role must allow. */
@NullMarked
package io.tributary.testing.calls;

import org.jspecify.annotations.NullMarked;
