package io.tributary.sandbox.mastodon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statuses of an instance, in the order in which its timelines show them, newest last. Thread-safe. */
final class Timeline {
    private final List<String> order = new ArrayList<>();
    private final Map<String, Post> byUri = new LinkedHashMap<>();
    private final Map<String, String> uriOfId = new LinkedHashMap<>();
    /** Where an edit changes the id, the former one still finds the status; it is no cursor any more. */
    private final Map<String, String> uriOfFormerId = new LinkedHashMap<>();

    /** Shows a status below so many newer ones. */
    synchronized void add(Post post, int below) {
        if (byUri.put(post.uri(), post) == null) {
            order.add(Math.max(0, order.size() - below), post.uri());
        }
        uriOfId.put(post.id(), post.uri());
    }

    /** Shows it in another version, where it stands. */
    synchronized void replace(Post post) {
        Post before = byUri.get(post.uri());
        if (before != null) {
            uriOfId.remove(before.id());
            uriOfFormerId.put(before.id(), post.uri());
            byUri.put(post.uri(), post);
            uriOfId.put(post.id(), post.uri());
        }
    }

    synchronized void remove(String uri) {
        Post before = byUri.remove(uri);
        if (before != null) {
            order.remove(uri);
            uriOfId.remove(before.id());
        }
    }

    synchronized void removeOldest() {
        if (!order.isEmpty()) {
            remove(order.get(0));
        }
    }

    synchronized Optional<Post> byId(String id) {
        return Optional.ofNullable(uriOfId.getOrDefault(id, uriOfFormerId.get(id)))
                .flatMap(this::byUri);
    }

    synchronized Optional<Post> byUri(String uri) {
        return Optional.ofNullable(byUri.get(uri));
    }

    synchronized List<Post> all() {
        return List.copyOf(byUri.values());
    }

    /**
     * A page, newest first.
     *
     * @param tag    of this hashtag only
     * @param maxId  older than this
     * @param minId  the adjacent newer ones, or, if {@code newest}, the newest that are newer
     * @param strict whether an unknown cursor leads nowhere, instead of being ignored
     */
    synchronized List<Post> page(
            Optional<String> tag,
            Optional<String> maxId,
            Optional<String> minId,
            boolean newest,
            int limit,
            boolean strict) {
        List<Post> page = new ArrayList<>();
        int top = order.size() - 1;
        if (maxId.isPresent()) {
            String uri = uriOfId.get(maxId.get());
            if (uri == null && strict) {
                return page;
            }
            top = uri == null ? top : order.indexOf(uri) - 1;
        }
        int bottom = 0;
        if (minId.isPresent()) {
            String uri = uriOfId.get(minId.get());
            if (uri == null && strict) {
                return page;
            }
            bottom = uri == null ? 0 : order.indexOf(uri) + 1;
        }
        boolean upwards = minId.isPresent() && !newest;
        for (int at = upwards ? bottom : top;
                page.size() < limit && at >= bottom && at <= top;
                at += upwards ? 1 : -1) {
            Post post = byUri.get(order.get(at));
            if (post != null && (tag.isEmpty() || post.hasTag(tag.get()))) {
                page.add(upwards ? 0 : page.size(), post);
            }
        }
        return page;
    }
}
