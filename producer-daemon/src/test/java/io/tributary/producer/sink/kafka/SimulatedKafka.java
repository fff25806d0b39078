package io.tributary.producer.sink.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A cluster's logs and transactions, as far as a source's checkpoints rest on them: one transaction at a time for each
 * transactional id, owned by its latest epoch; a commit that is decided before all its markers are written; the log of
 * checkpoints, which other sources write to and which is compacted. Confined to one thread.
 */
final class SimulatedKafka {
    /** What becomes of a request. */
    enum Fate {
        /** It is done, and the answer arrives. */
        ANSWERED,
        /** It is done, and the answer gets lost. */
        LOST,
        /** It is not done, and there is no answer. */
        REFUSED,
        /** No answer; it arrives later, perhaps after others that were sent later. */
        LATE,
        /** A commit is decided, its markers are not all written yet, and there is no answer. */
        HALF
    }

    /** What becomes of a record in the end. */
    enum Status {
        OPEN,
        COMMITTED,
        ABORTED
    }

    /** Where a record is. */
    enum Place {
        DATA,
        CHECKPOINTS
    }

    /** A record in a log. */
    static final class Entry {
        final Place place;
        final int partition;
        final long offset;
        final String key;
        final byte[] value;
        Status status = Status.OPEN;
        /** Whether a reader sees already what was decided. */
        boolean marked;

        Entry(Place place, int partition, long offset, String key, byte[] value) {
            this.place = place;
            this.partition = partition;
            this.offset = offset;
            this.key = key;
            this.value = value;
        }
    }

    private static final class Transaction {
        int epoch;
        boolean decided;
        final List<Entry> open = new ArrayList<>();
    }

    private final Map<String, Transaction> transactions = new HashMap<>();
    private final List<Runnable> onTheWay = new ArrayList<>();
    private final List<Entry> data = new ArrayList<>();
    private final List<Entry> checkpoints = new ArrayList<>();
    private final boolean checkpointsOutside;
    private long checkpointEnd;
    private OptionalLong otherSource = OptionalLong.empty();
    private long now;
    private long changes;

    /** A cluster; {@code checkpointsOutside} makes checkpoints take effect at once, whatever becomes of the rest. */
    SimulatedKafka(boolean checkpointsOutside) {
        this.checkpointsOutside = checkpointsOutside;
    }

    /** Shuts earlier owners of the id out, ends what they left open, and gives the new epoch. */
    int initialise(String id, Fate fate) {
        if (fate == Fate.REFUSED || fate == Fate.LATE) {
            throw new TimeoutException("as scheduled");
        }
        Transaction transaction = transactions.computeIfAbsent(id, key -> new Transaction());
        end(transaction, transaction.decided);
        transaction.epoch++;
        if (fate != Fate.ANSWERED) {
            throw new TimeoutException("as scheduled");
        }
        return transaction.epoch;
    }

    void append(String id, int epoch, Place place, int partition, String key, byte[] value) {
        Transaction transaction = owned(id, epoch);
        boolean checkpoint = place == Place.CHECKPOINTS;
        Entry entry = new Entry(place, partition, checkpoint ? checkpointEnd++ : data.size(), key, value);
        (checkpoint ? checkpoints : data).add(entry);
        if (checkpoint && checkpointsOutside) {
            entry.status = Status.COMMITTED;
            entry.marked = true;
            changes++;
        } else {
            transaction.open.add(entry);
        }
    }

    void commit(String id, int epoch, Fate fate) {
        switch (fate) {
            case ANSWERED -> end(owned(id, epoch), true);
            case LOST -> {
                end(owned(id, epoch), true);
                throw new TimeoutException("as scheduled");
            }
            case REFUSED -> throw new TimeoutException("as scheduled");
            case LATE -> {
                List<Entry> meant = List.copyOf(owned(id, epoch).open);
                onTheWay.add(() -> commitLate(id, epoch, meant));
                throw new TimeoutException("as scheduled");
            }
            case HALF -> {
                decide(owned(id, epoch));
                throw new TimeoutException("as scheduled");
            }
        }
    }

    void abort(String id, int epoch) {
        end(owned(id, epoch), false);
    }

    /** The coordinator gives up on transactions that are open for too long, and shuts their owners out. */
    void expireTransactions() {
        for (Transaction transaction : transactions.values()) {
            if (!transaction.open.isEmpty()) {
                end(transaction, transaction.decided);
                transaction.epoch++;
            }
        }
    }

    void arrive(int which) {
        if (!onTheWay.isEmpty()) {
            onTheWay.remove(which % onTheWay.size()).run();
        }
    }

    /** Another source begins a transaction on the log of checkpoints, or ends the one that it has. */
    void otherSource() {
        if (otherSource.isPresent()) {
            otherSource = OptionalLong.empty();
            checkpointEnd++;
        } else {
            otherSource = OptionalLong.of(checkpointEnd++);
        }
    }

    void endOtherSource() {
        if (otherSource.isPresent()) {
            otherSource();
        }
    }

    /** Leaves the latest committed record of each key, as far as all is decided. */
    void compact() {
        Set<String> later = new HashSet<>();
        for (int at = checkpoints.size() - 1; at >= 0; at--) {
            Entry entry = checkpoints.get(at);
            boolean gone = entry.status == Status.ABORTED || later.contains(entry.key);
            if (entry.offset < stableEnd() && gone) {
                checkpoints.remove(at);
            } else if (entry.status == Status.COMMITTED) {
                later.add(entry.key);
            }
        }
    }

    /** The end of the log of checkpoints, open transactions included. */
    long checkpointEnd() {
        return checkpointEnd;
    }

    /** Up to where a reader of committed records gets. */
    long stableEnd() {
        long end = otherSource.orElse(checkpointEnd);
        for (Entry entry : checkpoints) {
            if (!entry.marked) {
                return Math.min(end, entry.offset);
            }
        }
        return end;
    }

    /** What a reader gets between two offsets. */
    List<Entry> read(long from, long until, boolean uncommitted) {
        return checkpoints.stream()
                .filter(entry -> entry.offset >= from && entry.offset < until)
                .filter(entry -> uncommitted || entry.status == Status.COMMITTED)
                .toList();
    }

    /** The records that are committed, or surely will be, in the order in which they were sent. */
    List<Entry> committedData() {
        return data.stream().filter(entry -> entry.status == Status.COMMITTED).toList();
    }

    /** The latest checkpoint of a key that is committed, or surely will be. */
    Optional<byte[]> latest(String key) {
        return checkpoints.stream()
                .filter(entry -> entry.status == Status.COMMITTED && entry.key.equals(key))
                .reduce((before, after) -> after)
                .map(entry -> entry.value);
    }

    /** How often something took effect so far. */
    long changes() {
        return changes;
    }

    long millis() {
        return now;
    }

    void pass(long millis) {
        now += millis;
    }

    private Transaction owned(String id, int epoch) {
        Transaction transaction = transactions.computeIfAbsent(id, key -> new Transaction());
        if (transaction.epoch != epoch) {
            throw new InvalidProducerEpochException("epoch " + epoch + " of " + id + " is shut out");
        }
        return transaction;
    }

    /** A request that arrives late is obeyed only if it is still about the transaction that it was sent for. */
    private void commitLate(String id, int epoch, List<Entry> meant) {
        Transaction transaction = transactions.computeIfAbsent(id, key -> new Transaction());
        if (transaction.epoch == epoch && transaction.open.equals(meant)) {
            end(transaction, true);
        }
    }

    private void decide(Transaction transaction) {
        changes++;
        transaction.decided = true;
        transaction.open.forEach(entry -> entry.status = Status.COMMITTED);
    }

    private void end(Transaction transaction, boolean commit) {
        changes++;
        for (Entry entry : transaction.open) {
            entry.status = commit ? Status.COMMITTED : Status.ABORTED;
            entry.marked = true;
        }
        if (transaction.open.stream().anyMatch(entry -> entry.place == Place.CHECKPOINTS)) {
            checkpointEnd++; // the marker
        }
        transaction.open.clear();
        transaction.decided = false;
    }
}
