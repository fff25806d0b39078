/** A stand-in for instances of Mastodon and its kin: speaks what they were seen to speak, and fails as they fail. */
@NullMarked
package io.tributary.sandbox.mastodon;

import org.jspecify.annotations.NullMarked;
