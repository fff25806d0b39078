package io.tributary.producer;

import com.fasterxml.jackson.databind.node.IntNode;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.Source;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A source of numbered records in chunks of random sizes, some without a position behind them. */
final class ScriptedSource implements Source {
    private final int count;
    private final Random random;
    private int next;

    ScriptedSource(int count, Random random) {
        this.count = count;
        this.random = random;
    }

    @Override
    public void resume(SourceState state, RecordLimits limits) {
        next = state.position().asInt(0);
    }

    @Override
    public Yield next() throws SourceException {
        if (next == count) {
            return new Yield.End();
        }
        if (random.nextInt(10) == 0) {
            return new Yield.Idle();
        }
        int size = Math.min(count - next, 1 + random.nextInt(5));
        List<SourceItem> items = new ArrayList<>();
        for (int at = 0; at < size; at++) {
            items.add(new SourceItem.Row(null, Integer.toString(next++).getBytes(StandardCharsets.UTF_8), List.of()));
        }
        boolean position = next == count || random.nextInt(3) > 0;
        Optional<SourceState> after =
                position ? Optional.of(new SourceState(IntNode.valueOf(next), Map.of())) : Optional.empty();
        return new Yield.Chunk(items, size, after);
    }

    @Override
    public List<String> leftOut() {
        return List.of();
    }

    @Override
    public void close() {}
}
