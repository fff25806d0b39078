package io.tributary.daemon;

/** Says what went wrong, for people. */
public final class Failures {
    private Failures() {}

    /** The failure's message on one line, with its cause's where that adds something. */
    public static String oneLine(Throwable failure) {
        StringBuilder text = new StringBuilder(messageOf(failure));
        Throwable cause = failure.getCause();
        while (cause != null) {
            String message = messageOf(cause);
            if (text.indexOf(message) < 0) {
                text.append(": ").append(message);
            }
            cause = cause.getCause();
        }
        return text.toString().replaceAll("\\s*\\R\\s*", " | ");
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        if (message == null || message.isBlank()) {
            return name;
        }
        // "Java heap space" alone says little.
        return failure instanceof VirtualMachineError ? name + ": " + message : message;
    }
}
