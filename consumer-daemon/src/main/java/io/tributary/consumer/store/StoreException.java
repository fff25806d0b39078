package io.tributary.consumer.store;

/** The store did not do what it was asked, or did not say so. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private StoreException(String message, Throwable cause, boolean refused) {
        super(message, cause);
        this.refused = refused;
    }

    /** Trying again may help: a timeout, a broken connection, a conflict, an overload. */
    public static StoreException passing(String message, Throwable cause) {
        return new StoreException(message, cause, false);
    }

    /** Trying again helps only once someone has mended the cause: missing permission, no such bucket. */
    public static StoreException refused(String message, Throwable cause) {
        return new StoreException(message, cause, true);
    }

    /** Whether someone must mend the cause. */
    public boolean isRefused() {
        return refused;
    }
}
