@org.jspecify.annotations.NullMarked
package io.tributary.producer.source.mastodon;
