package io.tributary.consumer.store;

import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;

/** One try to append a link to its chain: create it, and where its name is taken, find out what is there. */
public final class LinkAppend {
    private LinkAppend() {}

    /** What became of a try. */
    public sealed interface Result {}

    /** The link was created by this try. */
    public record Created() implements Result {}

    /**
     * The name was taken.
     *
     * @param link what is there
     */
    public record Taken(Link link) implements Result {}

    /**
     * Tries once.
     *
     * @throws StoreException if the outcome is not known; try again
     */
    public static Result attempt(StagingStore store, LinkName name, LinkMetadata metadata, LinkBody body)
            throws StoreException {
        return switch (store.create(name, metadata, body)) {
            case CREATED -> new Created();
            case EXISTS ->
                new Taken(store.head(name)
                        .orElseThrow(() -> StoreException.passing(
                                "link " + name + " was there a moment ago and is not now",
                                new IllegalStateException("head found nothing"))));
        };
    }
}
