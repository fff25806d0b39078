package io.tributary.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The generations that a chain went through, as far as they are known. A chain never goes back, so what is known stays
 * true, and may become too little. Immutable.
 *
 * @param prefix the staging prefix of the last one
 * @param since  the offset at which the chain went on there; 0 in the first
 * @param left   the staging prefixes of those before, in order
 */
public record GenerationPath(String prefix, long since, List<String> left) {
    public GenerationPath {
        left = List.copyOf(left);
    }

    /** Asks one generation. */
    public interface Probe<X extends Exception> {
        /** The names of a chain for which there are marks. */
        List<LinkName> marks(String prefix, ChainId chain) throws X;

        /** A link; empty if there is none of that name. */
        Optional<Link> head(String prefix, LinkName name) throws X;
    }

    /** Where every chain begins: under the configured prefix. */
    public static GenerationPath of(String home) {
        return new GenerationPath(home, 0, List.of());
    }

    /** Whether the chain is in this generation, or was. */
    public boolean hasReached(String generation) {
        return prefix.equals(generation) || left.contains(generation);
    }

    /**
     * One generation on.
     *
     * @param seal the link that ends the chain in the last one known
     * @throws MalformedLinkException if it leads back
     */
    public GenerationPath then(Link seal) {
        String next = seal.metadata()
                .generation()
                .orElseThrow(() -> new IllegalArgumentException(seal.name() + " does not end its chain"));
        if (hasReached(next)) {
            throw new MalformedLinkException(
                    seal.name(),
                    "tributary-generation is '" + next + "', where the chain was before: it leads in a circle");
        }
        List<String> behind = new ArrayList<>(left);
        behind.add(prefix);
        return new GenerationPath(next, seal.name().from(), behind);
    }

    /** On to the generation that the chain is in now. */
    public <X extends Exception> GenerationPath follow(ChainId chain, Probe<X> probe) throws X {
        GenerationPath path = this;
        while (true) {
            String here = path.prefix;
            Optional<Link> seal = seal(probe.marks(here, chain), name -> probe.head(here, name));
            if (seal.isEmpty()) {
                return path;
            }
            path = path.then(seal.get());
        }
    }

    /** Looks for a link. */
    public interface Head<X extends Exception> {
        /** A link; empty if there is none of that name. */
        Optional<Link> of(LinkName name) throws X;
    }

    /**
     * The link that ends a chain, if there is one.
     *
     * @param marks names for which there are marks: at all but one of them the chain went on all the same
     */
    public static <X extends Exception> Optional<Link> seal(List<LinkName> marks, Head<X> head) throws X {
        for (LinkName name : marks) {
            Optional<Link> link = head.of(name).filter(Link::isSeal);
            if (link.isPresent()) {
                return link;
            }
        }
        return Optional.empty();
    }
}
