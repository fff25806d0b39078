package io.tributary.sandbox.mastodon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What happens on an instance: posts, among them late ones and ones whose deletion comes first, edits and deletions. The
 * same seed gives the same events. Knows what must be left in the end. Confined to one thread.
 */
public final class Script {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> WORDS = List.of(
            "<p>a quiet morning at the river</p>",
            "<p>héllo 世界 🎉</p>",
            "<p>line one<br>line two</p><p>and a paragraph</p>",
            "<p>שלום עולם, مرحبا بالعالم</p>",
            "<p>👩‍👩‍👧‍👦 and 🏳️‍🌈</p>",
            "<p>salt & vinegar, 3 < 4</p>",
            "<p>safe</p><script>alert('no text')</script>",
            "<p>see <a href=\"https://example.org/long\"><span class=\"invisible\">https://</span>"
                    + "<span class=\"ellipsis\">example.org/lo</span><span class=\"invisible\">ng</span></a></p>");
    private static final List<String> TAGS = List.of("birds", "rivers", "trains");

    private final Instance instance;
    private final Dialect dialect;
    private final InstantSource clock;
    private final Random random;
    private final String home;
    private final Map<String, Post> left = new LinkedHashMap<>();
    private final List<String> alive = new ArrayList<>();
    private final int first;
    private int number;
    private int edits;
    private int deletes;
    private int overtaken;

    /** A script over an instance, whose statuses are numbered from 0. */
    public Script(Instance instance, Dialect dialect, InstantSource clock, long seed) {
        this(instance, dialect, clock, seed, 0);
    }

    /** A script whose statuses are numbered from another number, and are others by that. */
    public Script(Instance instance, Dialect dialect, InstantSource clock, long seed, int first) {
        this.instance = instance;
        this.dialect = dialect;
        this.clock = clock;
        this.random = new Random(seed);
        this.first = first;
        this.number = first;
        this.home = "https://" + dialect.name().toLowerCase(java.util.Locale.ROOT) + ".example";
    }

    /** What is left in the end: the statuses by uri. */
    public Map<String, Post> left() {
        return new LinkedHashMap<>(left);
    }

    public int posts() {
        return number - first;
    }

    public int edits() {
        return edits;
    }

    public int deletes() {
        return deletes;
    }

    public int overtaken() {
        return overtaken;
    }

    /** One new post, and now and then an edit or a deletion. */
    public void step() {
        int dice = random.nextInt(100);
        if (dice < 3) {
            overtaken++;
            instance.deleteThenPost(make(clock.instant()));
        } else if (dice < 6) {
            // Written a while ago, seen only now, and placed among what is known.
            Post late = make(clock.instant().minusMillis(random.nextInt(60_000)));
            keep(late);
            instance.post(late, 1 + random.nextInt(30));
        } else {
            postNow();
        }
        change();
    }

    /** One new post that streams tell of, and now and then an edit or a deletion: what limits allow to follow at any rate. */
    public void streamedStep() {
        postNow();
        change();
    }

    private void postNow() {
        Post post = make(clock.instant());
        keep(post);
        instance.post(post, 0);
    }

    private void change() {
        if (random.nextInt(100) < 10) {
            edit();
        }
        if (random.nextInt(100) < 5) {
            delete();
        }
    }

    private void keep(Post post) {
        left.put(post.uri(), post);
        alive.add(post.uri());
    }

    /** Edits one of the later posts. */
    public void edit() {
        Post before = pick();
        if (before != null) {
            edits++;
            ObjectNode json = before.json().deepCopy();
            json.put("edited_at", time(clock.instant()));
            json.put("content", json.path("content").asText() + "<p>edit " + edits + "</p>");
            String id = dialect == Dialect.SNAC ? dialect.id(number, edits) : before.id();
            json.put("id", id);
            Post after = new Post(before.uri(), id, json);
            left.put(after.uri(), after);
            instance.edit(after);
        }
    }

    /** Deletes one of the later posts. */
    public void delete() {
        Post before = pick();
        if (before != null) {
            deletes++;
            left.remove(before.uri());
            alive.remove(before.uri());
            instance.delete(before);
        }
    }

    private @org.jspecify.annotations.Nullable Post pick() {
        if (alive.isEmpty()) {
            return null;
        }
        int last = alive.size() - 1;
        return left.get(alive.get(last - random.nextInt(Math.min(50, alive.size()))));
    }

    /** A status of this dialect's shape that nobody shows yet. */
    public Post make(Instant created) {
        int my = number++;
        String id = dialect.id(my, 0);
        String name = "user" + my % 7;
        String uri = home + "/users/" + name + "/statuses/" + my;
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", id).put("created_at", time(created)).putNull("edited_at");
        json.putNull("in_reply_to_id").putNull("in_reply_to_account_id");
        json.put("sensitive", false).put("spoiler_text", "").put("visibility", "public");
        json.put("language", my % 5 == 0 ? null : "en").put("uri", uri).put("url", home + "/@" + name + "/" + my);
        json.put("replies_count", 0).put("reblogs_count", my % 3).put("favourites_count", my % 11);
        json.put("content", WORDS.get(my % WORDS.size()) + "<p>number " + my + "</p>")
                .putNull("reblog");
        ObjectNode account = json.putObject("account");
        account.put("id", Integer.toString(my % 7))
                .put("username", name)
                .put("acct", name)
                .put("display_name", name);
        account.put("bot", false).put("locked", false).put("url", home + "/@" + name);
        account.put("created_at", "2024-01-01T00:00:00.000Z");
        ArrayNode media = json.putArray("media_attachments");
        if (my % 9 == 0) {
            media.addObject()
                    .put("id", "m" + my)
                    .put("type", "image")
                    .putNull("url")
                    .putNull("description")
                    .putNull("meta");
        }
        ArrayNode mentions = json.putArray("mentions");
        if (my % 4 == 0) {
            mentions.addObject()
                    .put("id", "1")
                    .put("username", "bob")
                    .put("url", home + "/@bob")
                    .put("acct", "bob");
        }
        String tag = TAGS.get(my % TAGS.size());
        json.putArray("tags").addObject().put("name", tag).put("url", home + "/tags/" + tag);
        json.putArray("emojis");
        json.putNull("card").putNull("poll");
        dialect(json, my);
        return new Post(uri, id, json);
    }

    private void dialect(ObjectNode json, int my) {
        switch (dialect) {
            case MASTODON -> {
                json.putNull("quote");
                if (my % 13 == 0) {
                    json.putObject("quote").put("state", "accepted").put("quoted_status_id", "99");
                }
            }
            case PLEROMA -> json.putObject("pleroma").put("local", true).put("conversation_id", my);
            case GOTOSOCIAL -> json.put("text", "the source of " + my).put("content_type", "text/plain");
            case MITRA, SNAC -> json.remove(List.of("card", "poll", "language"));
        }
    }

    private String time(Instant at) {
        return switch (dialect) {
            case SNAC -> at.truncatedTo(ChronoUnit.SECONDS).toString();
            case PLEROMA, MITRA -> at.truncatedTo(ChronoUnit.MICROS).toString();
            default -> at.truncatedTo(ChronoUnit.MILLIS).toString();
        };
    }
}
