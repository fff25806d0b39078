package io.tributary.consumer.upload;

import io.tributary.consumer.store.LinkAppend;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes links. Before the first try of each, the topic's id is read again, after the last of its records was read: a
 * topic that was re-created meanwhile must not have its records in its predecessor's chain. Safe for many threads.
 */
public final class Uploader {
    private final StagingStore store;
    private final Incarnations incarnations;
    private final Retrier retrier;

    public Uploader(StagingStore store, Incarnations incarnations, Retrier retrier) {
        this.store = store;
        this.incarnations = incarnations;
        this.retrier = retrier;
    }

    /**
     * Begins to write a link.
     *
     * @param readBefore monotonic nanoseconds: its last record was read before
     * @param done       told of the outcome, once, by a thread of the pool
     * @return a handle to give it up by
     */
    public Upload start(
            LinkName name, LinkMetadata metadata, LinkBody body, long readBefore, Consumer<UploadOutcome> done) {
        Upload upload = new Upload(name, metadata, body, readBefore, done);
        retrier.untilDone(name, upload::wanted, upload::attempt);
        return upload;
    }

    /** A link on its way. */
    public final class Upload {
        private final LinkName name;
        private final LinkMetadata metadata;
        private final long readBefore;
        private final Consumer<UploadOutcome> done;
        private volatile @Nullable LinkBody body;
        private boolean incarnationChecked;

        private Upload(
                LinkName name, LinkMetadata metadata, LinkBody body, long readBefore, Consumer<UploadOutcome> done) {
            this.name = name;
            this.metadata = metadata;
            this.body = body;
            this.readBefore = readBefore;
            this.done = done;
        }

        /** Gives up. A try that has begun may still succeed; nobody is told. */
        public void cancel() {
            body = null;
        }

        private boolean wanted() {
            return body != null;
        }

        private void attempt() throws StoreException, ClusterSilentException {
            LinkBody content = body;
            if (content == null) {
                return;
            }
            if (!incarnationChecked) {
                String topic = name.chain().topic();
                Optional<String> current = incarnations.current(topic, readBefore);
                if (current.isPresent() && !current.get().equals(name.chain().incarnation())) {
                    done.accept(new UploadOutcome.TopicRecreated(current.get()));
                    return;
                }
                incarnationChecked = true;
            }
            LinkAppend.Result result = LinkAppend.attempt(store, name, metadata, content);
            if (result instanceof LinkAppend.Taken taken) {
                done.accept(new UploadOutcome.Taken(taken.link()));
            } else {
                done.accept(new UploadOutcome.Created());
            }
        }
    }
}
