package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.StagedLine;
import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingIT {
    @TempDir
    Path directory;

    @Test
    void stagesWhatATransactionalProducerCommitsAndNothingElse() {
        try (Lab lab = new Lab(directory, 3)) {
            Map<Integer, List<Long>> expected = new TreeMap<>();
            try (KafkaProducer<byte[], byte[]> producer = lab.producer(Map.of("transactional.id", lab.topic))) {
                producer.initTransactions();
                for (long batch = 0; batch < 60; batch++) {
                    producer.beginTransaction();
                    for (long n = batch * 50; n < batch * 50 + 50; n++) {
                        lab.send(producer, lab.record(n));
                        if (batch % 3 != 1) {
                            expected.computeIfAbsent((int) (n % 3), key -> new ArrayList<>())
                                    .add(n);
                        }
                    }
                    if (batch % 3 == 1) {
                        producer.abortTransaction();
                    } else {
                        producer.commitTransaction();
                    }
                }
            }
            lab.set("roll.max-records", "128");
            JavaProcess daemon = lab.start("one");
            await().atMost(Duration.ofSeconds(40)).until(() -> lab.staged() == 2000);

            for (int partition = 0; partition < 3; partition++) {
                StagedChain chain = lab.read(partition);
                assertThat(numbers(chain)).isEqualTo(expected.get(partition));
                assertThat(chain.links())
                        .allSatisfy(
                                link -> assertThat(link.metadata().records()).isLessThanOrEqualTo(128));
                StagedLine first = chain.lines().get(0);
                assertThat(first.key()).contains("key-" + first.value().get("n").asLong());
            }
            await().untilAsserted(() -> assertThat(lab.health(daemon, "/ready")).isPresent());
            assertThat(lab.health(daemon, "/metrics").orElseThrow())
                    .contains("tributary_consumer_records_staged_total 2000")
                    .contains("tributary_consumer_links_total{cut=\"records\"}");
            assertThat(daemon.stop()).isZero();
        }
    }

    private static List<Long> numbers(StagedChain chain) {
        return chain.lines().stream()
                .map(line -> line.value().get("n").asLong())
                .collect(Collectors.toList());
    }
}
