package io.tributary.consumer.simulation;

/** What becomes of a request to the store. */
enum Fate {
    /** It is done, and the answer arrives. */
    ANSWERED,
    /** It is done, and the answer gets lost. */
    LOST,
    /** It is not done, and the answer says so, or there is none: 409, 5xx, a broken connection. */
    REFUSED,
    /** No answer; it arrives later, perhaps when its sender is dead, or after others that were sent later. */
    LATE,
    /** It is done and answered; where the answer is 412, the HEAD that follows fails. */
    HEAD_FAILS,
    /** A put is not done, and is answered with 412 all the same, though nothing has that name; the HEAD says so. */
    SPURIOUS_412
}
