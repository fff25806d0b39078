package io.tributary.consumer.replay;

import io.tributary.consumer.store.DamagedLinkException;
import io.tributary.consumer.store.StagedChain;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import java.util.List;
import java.util.Optional;

/**
 * Judges a generation by its difference from the old one, up to where it ends: what consumers stage meanwhile is copied
 * afterwards. Confined to one thread.
 *
 * @param old  the chains that exist
 * @param next the new ones
 */
public record DiffJudge(StagedChain old, StagedChain next) implements Switch.Judge {
    @Override
    public Optional<String> objection(ChainId chain, Link end) throws StoreException {
        Optional<Asked> asked = Asked.of(end.metadata().writer());
        if (asked.isEmpty()) {
            return Optional.of("link " + end.name().key("") + " was not written by a replay");
        }
        List<Link> links = old.links(chain).stream()
                .filter(link -> link.metadata().next() <= end.metadata().next())
                .toList();
        Fixed before = new Fixed(links, old);
        Optional<String> objection = GenerationDiff.compare(chain, before, next)
                .objection(asked.get().offsets());
        if (objection.isPresent()) {
            return objection;
        }
        Link last = links.get(links.size() - 1);
        return last.successor().equals(end.successor())
                ? Optional.empty()
                : Optional.of("its next link is to be " + end.successor().key("") + ", and the old one's "
                        + last.successor().key(""));
    }

    /** The links that end no later. */
    private record Fixed(List<Link> links, StagedChain chains) implements StagedChain {
        @Override
        public List<Link> links(ChainId chain) {
            return links;
        }

        @Override
        public byte[] content(Link link) throws StoreException, DamagedLinkException {
            return chains.content(link);
        }
    }
}
