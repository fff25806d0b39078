package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.Link;
import io.tributary.staging.LinkName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the staged objects say of themselves, and, in a deep audit, what they hold. Immutable.
 *
 * @param chains    the links of each chain, ascending
 * @param contents  what was found inside the links; empty unless the audit is deep
 * @param malformed objects that are named like links but do not describe themselves as one
 * @param switched  chains that went on in another generation, whose links are told here
 */
public record Staged(
        Map<ChainId, List<Link>> chains,
        Map<LinkName, Content> contents,
        List<Malformed> malformed,
        Map<ChainId, GenerationPath> switched) {
    public Staged {
        switched = Map.copyOf(switched);
        chains = Map.copyOf(chains);
        contents = Map.copyOf(contents);
        malformed = List.copyOf(malformed);
    }

    List<Link> of(ChainId chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /** Where a chain that was cleaned must begin: links may be left below, from the oldest that is still there. */
    static long begin(List<Link> links, Lake.Cleaned cleaned) {
        return links.isEmpty() ? cleaned.next() : Math.min(links.get(0).name().from(), cleaned.next());
    }

    /** Records of a chain in all: those of links that were cleaned, or are about to be, and those of the others. */
    static long records(List<Link> links, Lake.Cleaned cleaned) {
        return cleaned.records()
                + links.stream()
                        .filter(link -> link.name().from() >= cleaned.next())
                        .mapToLong(link -> link.metadata().records())
                        .sum();
    }

    /**
     * What a link was found to hold.
     *
     * @param lines  its lines
     * @param digest their digest, as in a link's metadata
     * @param fault  what is wrong with a line, for example an offset outside of the link's range
     */
    public record Content(long lines, String digest, Optional<String> fault) {}

    /** An object that cannot be read as a link, and why. */
    public record Malformed(ChainId chain, long from, String problem) {}
}
