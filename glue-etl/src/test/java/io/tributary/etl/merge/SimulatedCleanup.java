package io.tributary.etl.merge;

import io.tributary.etl.cleanup.PlannedCleanup;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import io.tributary.staging.LinkName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One clean-up of a topic's chains, a step at a time: what may go is planned by the job's own plan, declared, and deleted
 * link by link.
 */
final class SimulatedCleanup {
    static final Duration RETENTION = Duration.ofSeconds(8);
    /** At most so many links of a chain go at a time. */
    static final int MOST = 3;

    private final Simulation world;
    private final SimulatedTable table;
    private final String topic;
    private final Map<ChainId, ChainPosition> upTo = new LinkedHashMap<>();
    private final List<LinkName> delete = new ArrayList<>();
    private final Watermark known;
    private At at = At.PLAN;

    SimulatedCleanup(Simulation world, SimulatedTable table, String topic) {
        this.world = world;
        this.table = table;
        this.topic = topic;
        this.known = table.cleaned();
    }

    private enum At {
        PLAN,
        DECLARE,
        DELETE,
        DONE
    }

    /** Takes a step. Returns whether there is another. */
    boolean step() {
        boolean late = world.mutant == Mutant.DELETED_BEFORE_DECLARED;
        at = switch (at) {
            case PLAN -> plan() ? (late ? At.DELETE : At.DECLARE) : At.DONE;
            case DECLARE -> declare() ? At.DONE : At.DELETE;
            case DELETE -> deleteOne() ? At.DELETE : late ? At.DECLARE : At.DONE;
            case DONE -> At.DONE;
        };
        return at != At.DONE;
    }

    private boolean plan() {
        Optional<Watermark> watermark = TableState.of(table.history()).watermark();
        if (watermark.isEmpty()) {
            return false;
        }
        Watermark before = table.cleaned();
        Instant staged = world.staging.now().minus(RETENTION);
        watermark.get().of(topic).forEach((chain, merged) -> {
            PlannedCleanup plan = PlannedCleanup.of(
                    before.at(chain),
                    believed(chain, merged),
                    world.staging.list(chain, MOST),
                    staged,
                    world.staging::metadata);
            if (plan.cleaned().next() > before.at(chain).next()) {
                upTo.put(chain, plan.cleaned());
            }
            List<LinkName> links = new ArrayList<>(plan.delete());
            if (world.mutant == Mutant.NEWEST_DELETED_FIRST) {
                Collections.reverse(links);
            }
            delete.addAll(links);
        });
        return !delete.isEmpty();
    }

    private ChainPosition believed(ChainId chain, ChainPosition merged) {
        return switch (world.mutant) {
            case LAST_MERGED_LINK_CLEANED -> new ChainPosition(merged.next(), merged.records(), merged.next());
            case UNMERGED_LINKS_CLEANED -> new ChainPosition(merged.next(), merged.records(), world.staging.end(chain));
            default -> merged;
        };
    }

    /** Returns whether all is done. */
    private boolean declare() {
        table.declare(
                world.mutant == Mutant.DECLARATION_GOES_BACK
                        ? known.with(upTo)
                        : table.cleaned().withFurther(upTo));
        return delete.isEmpty();
    }

    private boolean deleteOne() {
        if (!delete.isEmpty()) {
            LinkName name = delete.remove(0);
            world.deleting(name);
            world.staging.delete(name);
        }
        return !delete.isEmpty();
    }
}
