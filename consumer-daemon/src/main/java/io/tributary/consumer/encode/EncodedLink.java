package io.tributary.consumer.encode;

import io.tributary.consumer.store.LinkBody;

/**
 * A link's lines, encoded and compressed.
 *
 * @param body          the compressed bytes
 * @param digest        of the lines
 * @param lineBytes     how many bytes the lines have uncompressed
 * @param undecodable   how many lines carry an error instead of a value
 */
public record EncodedLink(LinkBody body, String digest, long lineBytes, long undecodable) {}
