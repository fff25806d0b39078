/** The JDK's HTTP client as the way to an instance. */
@NullMarked
package io.tributary.producer.source.mastodon.http;

import org.jspecify.annotations.NullMarked;
