package io.tributary.daemon;

/** Marks exceptions whose message says all that an operator needs: they are reported without their stack trace. */
public interface Explained {}
