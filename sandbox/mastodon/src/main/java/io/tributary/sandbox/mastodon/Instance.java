package io.tributary.sandbox.mastodon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;

/**
 * What an instance knows and answers, without the network: timelines, statuses, what it is, who may read. Those who listen
 * hear of posts, edits and deletions as a stream tells them. Thread-safe.
 */
public final class Instance {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 40;
    private static final String TIMELINE = "/api/v1/timelines/";

    private final Dialect dialect;
    private final Faults faults = new Faults();
    private final Timeline timeline = new Timeline();
    private final Limits limits;
    private final Set<BiConsumer<String, Heard>> listeners = new CopyOnWriteArraySet<>();
    private volatile String address = "http://standin.example";

    /** What a stream carries: the payload, and of which post it is. */
    public record Heard(String payload, Post post) {}

    /** An instance with Mastodon's limits. */
    public Instance(Dialect dialect, InstantSource clock) {
        this(dialect, clock, 300);
    }

    /**
     * An instance with limits of its own.
     *
     * @param requests in five minutes, and with a cursor in fifteen
     */
    public Instance(Dialect dialect, InstantSource clock, long requests) {
        this.dialect = dialect;
        this.limits = new Limits(clock, requests, Duration.ofMinutes(5), requests, Duration.ofMinutes(15));
    }

    public Faults faults() {
        return faults;
    }

    Dialect dialect() {
        return dialect;
    }

    void address(String url) {
        address = url;
    }

    /** Requests that were above the limit. */
    public long overLimit() {
        return limits.refused();
    }

    /** All requests but those for streams. */
    public long asked() {
        return limits.asked();
    }

    /** Statuses that are there, oldest first. */
    public List<Post> posts() {
        return timeline.all();
    }

    /** Shows a new status below so many newer ones; tells streams if it is at the top. */
    public void post(Post post, int below) {
        timeline.add(post, below);
        if (below == 0) {
            tell("update", post.json().toString(), post);
        }
    }

    /** An edit. */
    public void edit(Post post) {
        timeline.replace(post);
        tell("status.update", post.json().toString(), post);
    }

    /** A deletion. */
    public void delete(Post post) {
        timeline.remove(post.uri());
        tell("delete", post.id(), post);
    }

    /** A deletion of which streams say nothing. */
    public void deleteQuietly(Post post) {
        timeline.remove(post.uri());
    }

    /** The oldest status is shown no more, and nobody is told. */
    public void forgetOldest() {
        timeline.removeOldest();
    }

    /** A post that is gone before streams tell of it: its deletion comes first. */
    public void deleteThenPost(Post post) {
        tell("delete", post.id(), post);
        tell("update", post.json().toString(), post);
    }

    /** From now on the listener hears what streams carry: the event, and what it is about. */
    public void listen(BiConsumer<String, Heard> listener) {
        listeners.add(listener);
    }

    /** The listener hears no more. */
    public void unlisten(BiConsumer<String, Heard> listener) {
        listeners.remove(listener);
    }

    private void tell(String event, String payload, Post post) {
        if (!faults.losing) {
            listeners.forEach(listener -> listener.accept(event, new Heard(payload, post)));
        }
    }

    /** Whether the request's token is the valid one. */
    boolean known(Request request) {
        return !faults.token.isEmpty()
                && request.token().map(faults.token::equals).orElse(false);
    }

    /** Answers a request. */
    public Reply answer(Request request) {
        if (faults.broken) {
            return Reply.error(503, "Service unavailable");
        }
        if (dialect == Dialect.GOTOSOCIAL && !request.headers().containsKey("user-agent")) {
            return Reply.error(418, "I'm a teapot: no user-agent sent with request");
        }
        boolean paged = List.of("max_id", "min_id", "since_id", "page").stream()
                .anyMatch(name -> request.one(name).isPresent());
        Limits.Verdict verdict = limits.count(paged);
        List<String> headers = dialect.limits() ? verdict.headers() : List.of();
        if (!verdict.allowed() || (request.path().startsWith(TIMELINE) && faults.takeRefusal())) {
            return Reply.error(429, "Too many requests").with(headers);
        }
        return route(request).with(headers);
    }

    private Reply route(Request request) {
        String path = request.path();
        if (path.equals("/api/v1/accounts/verify_credentials")) {
            return known(request)
                    ? Reply.of(200, "{\"id\":\"1\",\"username\":\"reader\",\"acct\":\"reader\"}")
                    : Reply.error(401, "The access token is invalid");
        }
        if (path.equals("/api/v2/instance")) {
            return Reply.of(200, description().toString());
        }
        if (path.equals("/api/v1/statuses")) {
            return statuses(request);
        }
        if (path.startsWith("/api/v1/statuses/")) {
            return timeline.byId(Request.decoded(path.substring("/api/v1/statuses/".length())))
                    .map(post -> Reply.of(200, post.json().toString()))
                    .orElseGet(() -> Reply.error(404, "Record not found"));
        }
        if (path.equals(TIMELINE + "public")) {
            return timeline(request, Optional.empty(), faults.live);
        }
        if (path.startsWith(TIMELINE + "tag/")) {
            String tag = Request.decoded(path.substring((TIMELINE + "tag/").length()));
            return timeline(request, Optional.of(tag), faults.tags);
        }
        return Reply.error(404, "Record not found");
    }

    private ObjectNode description() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("domain", address.replaceFirst("^https?://", ""));
        root.put("title", "A stand-in").put("version", dialect.version());
        ObjectNode configuration = root.putObject("configuration");
        configuration.putObject("urls").put("streaming", address.replaceFirst("^http", "ws"));
        if (faults.says) {
            ObjectNode access = configuration.putObject("timelines_access");
            feeds(access, "live_feeds", faults.live);
            feeds(access, "hashtag_feeds", faults.tags);
        }
        return root;
    }

    private static void feeds(ObjectNode access, String name, Faults.Audience audience) {
        String said = audience.name().toLowerCase(java.util.Locale.ROOT);
        access.putObject(name).put("local", said).put("remote", said);
    }

    private Reply statuses(Request request) {
        if (dialect == Dialect.GOTOSOCIAL) {
            return Reply.error(405, "Method Not Allowed");
        }
        ArrayNode found = MAPPER.createArrayNode();
        request.all("id[]").stream()
                .limit(DEFAULT_LIMIT)
                .forEach(id -> timeline.byId(id).ifPresent(post -> found.add(post.json())));
        return Reply.of(200, found.toString());
    }

    private Reply timeline(Request request, Optional<String> tag, Faults.Audience audience) {
        if (audience == Faults.Audience.DISABLED || (audience == Faults.Audience.AUTHENTICATED && !known(request))) {
            return Reply.error(422, "This method requires an authenticated user");
        }
        int asked = request.one("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
        int limit = dialect == Dialect.SNAC ? asked : Math.min(asked, MOST);
        Optional<String> maxId = request.one("max_id").filter(id -> !faults.stuckCursor);
        boolean newest = request.one("since_id").isPresent();
        Optional<String> minId = request.one("min_id").or(() -> request.one("since_id"));
        List<Post> page = timeline.page(tag, maxId, minId, newest, limit, dialect == Dialect.SNAC);
        if (faults.samePageTwice && maxId.isPresent()) {
            // The page before once more, and then what was asked for.
            List<Post> doubled =
                    new ArrayList<>(timeline.page(tag, Optional.empty(), Optional.empty(), false, 20, false));
            doubled.addAll(page);
            page = doubled;
        }
        StringBuilder body = new StringBuilder("[");
        page.forEach(post -> body.append(body.length() == 1 ? "" : ",").append(post.json()));
        Reply reply = Reply.of(200, body.append(']').toString());
        return page.isEmpty() || !dialect.links() ? reply : reply.with(List.of(link(request, page)));
    }

    /** As Mastodon builds it: without the parts of the query that it forgets. */
    private String link(Request request, List<Post> page) {
        String base = "<" + address + request.path() + "?limit=" + page.size();
        return "Link: " + base + "&max_id=" + page.get(page.size() - 1).id() + ">; rel=\"next\", " + base + "&min_id="
                + page.get(0).id() + ">; rel=\"prev\"";
    }
}
