package io.tributary.producer.source.mastodon;

import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.wire.AnswerHeaders;
import io.tributary.producer.source.mastodon.wire.StreamMessage;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.Reply;
import io.tributary.sandbox.mastodon.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Stand-in instances without a network, by host. Answers at once, on the caller's thread. */
final class LocalApi implements MastodonApi {
    private final Map<String, Instance> instances;
    private final Set<Runnable> open = new HashSet<>();
    private final Set<StreamListener> listening = new HashSet<>();
    private int requests;
    private int opened;

    LocalApi(Map<String, Instance> instances) {
        this.instances = instances;
    }

    @Override
    public void get(URI address, Optional<Secret> token, Consumer<Answer> then) {
        requests++;
        Instance instance = instances.get(address.getHost());
        if (instance == null) {
            then.accept(Answer.none("is not known to DNS: check the URL"));
            return;
        }
        Map<String, String> headers = new HashMap<>(Map.of("user-agent", "test"));
        token.ifPresent(secret -> headers.put("authorization", "Bearer " + secret.reveal()));
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        Reply reply = instance.answer(new Request(address.getRawPath() + query, headers));
        Map<String, List<String>> lines = new HashMap<>();
        for (String line : reply.headers()) {
            int colon = line.indexOf(':');
            lines.put(
                    line.substring(0, colon), List.of(line.substring(colon + 1).trim()));
        }
        then.accept(new Answer(reply.status(), new AnswerHeaders(lines), reply.body(), ""));
    }

    @Override
    public Stream open(URI address, Optional<Secret> token, StreamListener listener) {
        Instance instance = instances.get(address.getHost());
        if (instance == null) {
            throw new AssertionError(address);
        }
        BiConsumer<String, Instance.Heard> ear = (event, heard) -> {
            listener.alive();
            listener.message(new StreamMessage(event, heard.payload()));
        };
        instance.listen(ear);
        Runnable[] end = new Runnable[1];
        end[0] = () -> {
            listening.remove(listener);
            instance.unlisten(ear);
            if (open.remove(end[0])) {
                listener.ended(0, "cut");
            }
        };
        open.add(end[0]);
        opened++;
        listening.add(listener);
        listener.opened();
        return () -> {
            listening.remove(listener);
            open.remove(end[0]);
            instance.unlisten(ear);
        };
    }

    /** How often anything was asked, answered or not. */
    int requests() {
        return requests;
    }

    /** How often a stream was opened. */
    int opened() {
        return opened;
    }

    /** All streams give a sign of life. */
    void beat() {
        listening.forEach(StreamListener::alive);
    }

    /** All streams end. */
    void cut() {
        new ArrayList<>(open).forEach(Runnable::run);
    }

    @Override
    public void close() {}
}
