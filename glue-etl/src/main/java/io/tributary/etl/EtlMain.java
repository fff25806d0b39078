package io.tributary.etl;

/** The job's command line. */
public final class EtlMain {
    private EtlMain() {}

    public static void main(String[] args) {}
}
