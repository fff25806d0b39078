package io.tributary.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Rows of about 350 bytes of JSON that compress like real ones. Confined to one thread; the same for each run. */
final class JsonRows {
    private static final String[] WORDS = {
        "stream", "lake", "offset", "river", "delta", "basin", "source", "gauge", "level", "water", "flow", "bank",
        "current", "harbour", "channel", "tide", "rain", "flood", "meadow", "bridge", "valley", "spring", "shore"
    };
    private static final String[] COUNTRIES = {"AT", "BR", "CA", "DE", "ES", "FR", "GB", "IN", "JP", "MX", "NL", "US"};

    private final Random random = new Random(42);

    byte[] row(long sequence) {
        StringBuilder json = new StringBuilder(400)
                .append("{\"seq\":")
                .append(sequence)
                .append(",\"id\":\"")
                .append(Long.toHexString(random.nextLong()))
                .append("\",\"user\":\"user-")
                .append(random.nextInt(200_000))
                .append("\",\"country\":\"")
                .append(COUNTRIES[random.nextInt(COUNTRIES.length)])
                .append("\",\"amount\":")
                .append(random.nextInt(1_000_000) / 100.0)
                .append(",\"active\":")
                .append(random.nextBoolean())
                .append(",\"createdAt\":\"2026-11-")
                .append(10 + random.nextInt(20))
                .append("T12:")
                .append(10 + random.nextInt(50))
                .append(":00Z\",\"device\":{\"kind\":\"sensor\",\"model\":\"M-")
                .append(random.nextInt(40))
                .append("\",\"firmware\":\"4.2.")
                .append(random.nextInt(10))
                .append("\"},\"tags\":[\"alpha\",\"beta\"],\"text\":\"");
        while (json.length() < 345) {
            json.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
