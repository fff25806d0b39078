package io.tributary.etl.read;

import io.tributary.etl.EtlException;
import io.tributary.etl.read.ChainStore.StoredLink;
import io.tributary.staging.ChainId;
import io.tributary.staging.LinkMetadata;
import java.util.List;
import java.util.Optional;

/**
 * Lists what follows a position, and proves that the chain still leads there. In the generation that a chain began in, the
 * last merged link itself must be there. In another it was written anew, perhaps in pieces or as part of a longer link:
 * there a link must end at the position. Stateless.
 *
 * @param store where the links are
 * @param home  the staging prefix that every chain begins under
 */
record MergedEnd(ChainStore store, String home) {
    private static final int PAGE = 1000;

    /**
     * The links behind a position, whose last merged link is known.
     *
     * @param most how many at most
     * @throws EtlException if the chain does not lead there
     */
    List<StoredLink> after(ChainId chain, ChainPosition position, int most) {
        List<StoredLink> links = store.list(chain, position.link(), most + 1);
        Optional<StoredLink> first =
                links.stream().findFirst().filter(link -> link.name().from() == position.link());
        if (first.isPresent()) {
            long end = metadataOf(first.get()).next();
            if (end == position.next()) {
                return links.subList(1, links.size());
            }
            if (first.get().prefix().equals(home)) {
                throw new EtlException("chain " + chain + ": the last merged link, at offset " + position.link()
                        + ", ends at " + end + ", but is merged up to " + position.next()
                        + "; it was written over: restore it from the bucket's versions");
            }
        } else if (!links.isEmpty() && links.get(0).prefix().equals(home)) {
            throw gone(chain, position);
        }
        StoredLink last = lastBelow(chain, position.link(), position.next())
                .or(() -> lastBelow(chain, 0, position.next()))
                .orElseThrow(() -> gone(chain, position));
        if (last.prefix().equals(home)) {
            throw gone(chain, position);
        }
        long end = metadataOf(last).next();
        if (end != position.next()) {
            throw new EtlException("chain " + chain + " goes on in generation " + last.prefix()
                    + ", where no link ends at offset " + position.next()
                    + ", up to which it is merged, so that what follows cannot be merged; build the table anew");
        }
        return store.list(chain, position.next(), most);
    }

    /** The last link that begins below an offset. */
    private Optional<StoredLink> lastBelow(ChainId chain, long from, long below) {
        Optional<StoredLink> last = Optional.empty();
        for (long next = from; ; ) {
            List<StoredLink> page = store.list(chain, next, PAGE);
            for (StoredLink link : page) {
                if (link.name().from() >= below) {
                    return last;
                }
                last = Optional.of(link);
            }
            if (page.size() < PAGE) {
                return last;
            }
            next = page.get(PAGE - 1).name().from() + 1;
        }
    }

    private LinkMetadata metadataOf(StoredLink link) {
        return store.metadata(link)
                .orElseThrow(() -> new EtlException("link " + link.key() + " vanished while it was read"));
    }

    private static EtlException gone(ChainId chain, ChainPosition position) {
        return new EtlException("chain " + chain + ": the last merged link, at offset " + position.link()
                + ", is no longer staged, so that what follows offset " + position.next()
                + " cannot be proved whole; restore it from the bucket's versions");
    }
}
