package io.tributary.producer.source.mastodon.wire;

/**
 * What a stream says happened.
 *
 * @param event   such as {@code update}, {@code status.update} or {@code delete}
 * @param payload a status as JSON, or a bare id
 */
public record StreamMessage(String event, String payload) {}
