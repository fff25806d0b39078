package io.tributary.consumer.chain;

import java.util.List;

/** What becomes of a writer's own links when it finds that a link's name is taken. */
public sealed interface Adoption<B> {
    /**
     * The link that exists ends where ours would have: what was gathered after it still fits.
     *
     * @param covered our link, no longer needed
     */
    record Same<B>(CutLink<B> covered) implements Adoption<B> {}

    /**
     * The link that exists ends elsewhere: all that was gathered is dropped and read again from its end.
     *
     * @param position where to read on
     * @param dropped  the bodies of the links dropped, closed or open, no longer needed
     */
    record Rewound<B>(long position, List<B> dropped) implements Adoption<B> {
        public Rewound {
            dropped = List.copyOf(dropped);
        }
    }
}
