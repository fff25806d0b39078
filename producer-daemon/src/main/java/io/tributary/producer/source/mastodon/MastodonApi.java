package io.tributary.producer.source.mastodon;

import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.wire.AnswerHeaders;
import io.tributary.producer.source.mastodon.wire.StreamMessage;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way to instances. No call blocks; answers and messages come on threads of the adapter's own. Safe for many threads.
 */
public interface MastodonApi extends AutoCloseable {
    /**
     * Asks for something.
     *
     * @param token sent to the address's own host only, whatever it redirects to
     * @param then  is told the answer, once, whatever happens
     */
    void get(URI address, Optional<Secret> token, Consumer<Answer> then);

    /**
     * Opens a stream.
     *
     * @param address of http or https for server-sent events, of ws or wss for a WebSocket
     */
    Stream open(URI address, Optional<Secret> token, StreamListener listener);

    /** Ends all that is under way, without telling anybody. */
    @Override
    void close();

    /**
     * What came back.
     *
     * @param status  the HTTP status; 0 where there was no answer
     * @param body    as text
     * @param failure why there was no answer, on one line; empty where there was one
     */
    record Answer(int status, AnswerHeaders headers, String body, String failure) {
        /** No answer. */
        public static Answer none(String failure) {
            return new Answer(0, AnswerHeaders.none(), "", failure);
        }
    }

    /** An open stream. */
    interface Stream {
        /** Ends it, without telling the listener. */
        void close();
    }

    /** What a stream tells. One call at a time. May block, which slows the stream down. */
    interface StreamListener {
        /** It serves. */
        void opened();

        /** Something came, be it only a sign of life. */
        void alive();

        void message(StreamMessage message);

        /**
         * It is over, or did not come to be. The last call.
         *
         * @param status the HTTP status of a refusal; 0 where there was none
         * @param reason on one line
         */
        void ended(int status, String reason);
    }
}
