/** What the bytes mean that instances send: events, messages, headers. Pure. */
@NullMarked
package io.tributary.producer.source.mastodon.wire;

import org.jspecify.annotations.NullMarked;
