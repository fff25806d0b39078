package io.tributary.producer.sink;

/** Something that records go to. One thread opens and uses its sessions, one session at a time. */
public interface RecordSink {
    /**
     * Shuts out every earlier session of this source, here or in another process, ends what they left open, and then
     * reads what is committed.
     *
     * @throws SinkException if that is not possible now, or not at all
     */
    SinkSession open() throws SinkException;

    /** Makes a call that blocks fail soon, for good: the process is about to end. Any thread. */
    void abandon();
}
