/** Posts of Mastodon and its kin, as they come: timelines and streams, each post, edit and deletion once. */
@NullMarked
package io.tributary.producer.source.mastodon;

import org.jspecify.annotations.NullMarked;
