package io.tributary.testing;

import java.util.UUID;

/** Names of topics and buckets that no other test uses. Stateless. */
public final class UniqueName {
    private static final int SUFFIX = 12;

    private UniqueName() {}

    /** The stem and a random suffix: good as a topic, a bucket, a group or a source. */
    public static String of(String stem) {
        return stem + "-" + UUID.randomUUID().toString().replace("-", "").substring(0, SUFFIX);
    }
}
