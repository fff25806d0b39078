package io.tributary.testing.faults;

/** What may happen to a request. */
public enum Fault {
    /** 500 InternalError; the request never reaches the server. */
    INTERNAL_ERROR,
    /** 503 SlowDown; the request never reaches the server. */
    SLOW_DOWN,
    /** 429 TooManyRequests; the request never reaches the server. */
    TOO_MANY_REQUESTS,
    /** 409 ConditionalRequestConflict to a conditional write, which never reaches the server. */
    CONFLICT,
    /** 412 PreconditionFailed to a conditional write, which never reaches the server: nothing is there. */
    PRECONDITION_FAILED,
    /** The connection is reset before the body (of a read: before the answer). */
    RESET_BEFORE,
    /** The connection is reset in the middle of the body; half of it reaches the server (of a read: half the answer). */
    RESET_DURING,
    /** The connection is reset after the body, which never reaches the server whole. */
    RESET_AFTER,
    /** The server does what it is asked, and the connection is reset instead of answering. */
    ANSWER_LOST,
    /** The request is held for a while and then goes on. */
    SLOW,
    /** The request is held for longer than the client waits, and then reaches the server all the same. */
    STALLED,
    /** A byte of the body is changed on its way, by which its checksum does not hold. */
    WRONG_CHECKSUM,
    /** 200 with an error in the body, as S3 may answer the completion of an upload, which never reaches the server. */
    ERROR_IN_OK;

    /** Whether it can happen to such a request. */
    boolean fits(RequestKind kind, boolean conditional) {
        return switch (this) {
            case CONFLICT, PRECONDITION_FAILED -> conditional;
            case WRONG_CHECKSUM -> kind == RequestKind.PUT || kind == RequestKind.UPLOAD_PART;
            case ERROR_IN_OK -> kind == RequestKind.COMPLETE_UPLOAD;
            default -> true;
        };
    }
}
