package io.tributary.daemon.metrics;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** How series that differ by their labels become one number for CloudWatch. */
public enum Fold {
    SUM("sum") {
        @Override
        OptionalDouble of(DoubleStream values) {
            return values.reduce(Double::sum);
        }
    },
    MAX("greatest") {
        @Override
        OptionalDouble of(DoubleStream values) {
            return values.max();
        }
    },
    MIN("least") {
        @Override
        OptionalDouble of(DoubleStream values) {
            return values.min();
        }
    };

    private final String label;

    Fold(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }

    abstract OptionalDouble of(DoubleStream values);
}
