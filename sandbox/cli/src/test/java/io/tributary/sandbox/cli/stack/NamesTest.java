package io.tributary.sandbox.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "flights.csv, flights",
        "flights.csv.gz, flights",
        "Flights-2024.NDJSON, Flights-2024",
        "a b(1).csv, a_b_1_",
        "plain, plain",
        ".csv, records",
        "v1.2.csv, v1.2",
        "żółw.csv, ___w"
    })
    void aTopicIsTheFilesBaseName(String file, String topic) {
        assertThat(Names.topic(file)).isEqualTo(topic);
    }

    @ParameterizedTest
    @CsvSource({"flights, flights", "Flights-2024, flights_2024", "2024, _2024", "v1.2, v1_2"})
    void aTableIsTheTopicAsAnIdentifier(String topic, String table) {
        assertThat(Names.table(topic)).isEqualTo(table);
    }
}
